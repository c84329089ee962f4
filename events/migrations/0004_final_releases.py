from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def keep_releases_as_they_were(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now nobody could call a release provisional."""
    programmes = apps.get_model("events", "Programme").objects.using(schema_editor.connection.alias)
    programmes.filter(number__isnull=False).update(is_final=True)


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0003_samples"),
    ]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="is_final",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="Sonst steht vor und während des Treffens „Vorläufiges Programm“ auf der Seite.",
                verbose_name="endgültig",
            ),
        ),
        migrations.RunPython(keep_releases_as_they_were, migrations.RunPython.noop),
    ]
