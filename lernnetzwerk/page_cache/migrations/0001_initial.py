from typing import Any

from django.db import migrations, models

from lernnetzwerk.page_cache.triggers import drop_triggers


def drop(apps: Any, schema_editor: Any) -> None:
    drop_triggers(schema_editor.connection.alias)


class Migration(migrations.Migration):
    """The triggers are created after `migrate`, and dropped before their table."""

    initial = True
    dependencies: list = []
    operations = [
        migrations.CreateModel(
            name="PublicChanges",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("counter", models.BigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "Zähler der Änderungen",
                "verbose_name_plural": "Zähler der Änderungen",
                "default_permissions": (),
            },
        ),
        migrations.RunPython(migrations.RunPython.noop, drop),
    ]
