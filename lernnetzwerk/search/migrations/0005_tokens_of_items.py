from django.db import migrations, models


def forget_index(apps, schema_editor):
    """Passages have tokens of their items now. `manage.py maintenance` or `rebuild_index` writes the index anew."""
    apps.get_model("search", "Build").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0004_narrow_passages")]

    operations = [
        migrations.AddField("item", "facets", models.BigIntegerField("Kennzahl der Filterwerte", default=0)),
        migrations.RunPython(forget_index, migrations.RunPython.noop),
    ]
