from django.db import migrations

from lernnetzwerk.search.engine import NARROW


def forget_index(apps, schema_editor):
    """The keys of passages tell their items now. `manage.py maintenance` or `rebuild_index` writes the index anew."""
    apps.get_model("search", "Build").objects.using(schema_editor.connection.alias).all().delete()


def narrow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(NARROW)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_missed_queries")]

    operations = [
        migrations.RunPython(narrow, migrations.RunPython.noop),
        migrations.RunPython(forget_index, migrations.RunPython.noop),
    ]
