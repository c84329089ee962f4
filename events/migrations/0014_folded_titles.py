from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from lernnetzwerk.text.searchable import FoldedField, refold


def fold_all(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("Appearance", "Attachment", "Event", "Programme", "Series", "Session"):
        rows = apps.get_model("events", name)._base_manager.using(schema_editor.connection.alias)
        refold(rows.all())


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0013_dates_and_calendar"),
    ]

    operations = [
        migrations.AddField(
            model_name="appearance",
            name="folded",
            field=FoldedField("organisation", "unit", "place"),
        ),
        migrations.AddField(
            model_name="attachment",
            name="folded",
            field=FoldedField("title"),
        ),
        migrations.AddField(
            model_name="event",
            name="folded",
            field=FoldedField("title", "motto", "short_code", "venue"),
        ),
        migrations.AddField(
            model_name="programme",
            name="folded",
            field=FoldedField("note"),
        ),
        migrations.AddField(
            model_name="series",
            name="folded",
            field=FoldedField("name"),
        ),
        migrations.AddField(
            model_name="session",
            name="folded",
            field=FoldedField("title", "subtitle"),
        ),
        migrations.RunPython(fold_all, migrations.RunPython.noop),
    ]
