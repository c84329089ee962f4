from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from lernnetzwerk.slugs.german import sort_key
from lernnetzwerk.text.searchable import FoldedField, refold


def fold_all(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("Municipality", "PracticeExample", "Topic"):
        rows = apps.get_model("practice", name)._base_manager.using(schema_editor.connection.alias)
        refold(rows.all())
        if name != "PracticeExample":
            for key, text in list(rows.values_list("pk", "name")):
                rows.filter(pk=key).update(sort_name=sort_key(text, max_length=110))


class Migration(migrations.Migration):
    dependencies = [
        ("practice", "0002_samples"),
    ]

    operations = [
        migrations.AddField(
            model_name="municipality",
            name="folded",
            field=FoldedField("name", "key"),
        ),
        migrations.AddField(
            model_name="practiceexample",
            name="folded",
            field=FoldedField("title", "summary"),
        ),
        migrations.AddField(
            model_name="topic",
            name="folded",
            field=FoldedField("name"),
        ),
        migrations.RunPython(fold_all, migrations.RunPython.noop),
    ]
