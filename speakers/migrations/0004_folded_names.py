from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from lernnetzwerk.slugs.german import sort_key
from lernnetzwerk.text.searchable import FoldedField, refold


def fold_all(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("Speaker",):
        rows = apps.get_model("speakers", name)._base_manager.using(schema_editor.connection.alias)
        refold(rows.all())
    for key, last_name, first_name in list(rows.values_list("pk", "last_name", "first_name")):
        rows.filter(pk=key).update(sort_name=sort_key(f"{last_name} {first_name}", max_length=201))


class Migration(migrations.Migration):
    dependencies = [
        ("speakers", "0003_images"),
    ]

    operations = [
        migrations.AddField(
            model_name="speaker",
            name="folded",
            field=FoldedField("last_name", "first_name", "unit", "organisation", "place"),
        ),
        migrations.RunPython(fold_all, migrations.RunPython.noop),
    ]
