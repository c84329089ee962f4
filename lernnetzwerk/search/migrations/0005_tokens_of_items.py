from django.db import migrations, models

from lernnetzwerk.search.engine import MATCHING_FUNCTION


def create_function(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(MATCHING_FUNCTION)


def drop_function(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION search_matching(tsquery)")


def forget_index(apps, schema_editor):
    """Passages have tokens of their items now. `manage.py maintenance` or `rebuild_index` writes the index anew."""
    apps.get_model("search", "Build").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0004_narrow_passages")]

    operations = [
        migrations.AddField("item", "facets", models.BigIntegerField("Kennzahl der Filterwerte", default=0)),
        migrations.RunPython(create_function, drop_function),
        migrations.RunPython(forget_index, migrations.RunPython.noop),
    ]
