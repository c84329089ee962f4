from datetime import UTC, datetime

from django.db import migrations, models

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)


def read_pdfs_again(apps, schema_editor):
    """Mark PDFs as stuck, so that `manage.py maintenance` reads them again: stored texts may contain hidden text."""
    readings = apps.get_model("reading", "Reading").objects
    found = readings.filter(stored_file__media_type="application/pdf").exclude(state="running")
    found.update(state="running", reason="", attempts=0, started_at=LONG_AGO)


class Migration(migrations.Migration):
    dependencies = [
        ("reading", "0002_accepted_findings"),
    ]

    operations = [
        migrations.AddField(
            model_name="reading",
            name="remarks",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Schlüssel, z. B. „garbled“ für unlesbaren Text.",
                verbose_name="Auffälliges",
            ),
        ),
        migrations.AddField(
            model_name="reading",
            name="next_picture",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="Leer, wenn alle Bilder da sind.",
                null=True,
                verbose_name="Bilder fehlen ab Seite",
            ),
        ),
        migrations.RunPython(read_pdfs_again, migrations.RunPython.noop),
    ]
