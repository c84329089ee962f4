from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from lernnetzwerk.text.searchable import FoldedField, refold


def fold_all(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("StoredFile",):
        rows = apps.get_model("files", name)._base_manager.using(schema_editor.connection.alias)
        refold(rows.all())


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_examinations"),
    ]

    operations = [
        migrations.AddField(
            model_name="storedfile",
            name="folded",
            field=FoldedField("original_name", "sha256"),
        ),
        migrations.RunPython(fold_all, migrations.RunPython.noop),
    ]
