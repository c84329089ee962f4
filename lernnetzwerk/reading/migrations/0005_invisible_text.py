from datetime import UTC, datetime

from django.db import migrations

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)


def read_pdfs_again(apps, schema_editor):
    """Mark PDFs as stuck, so that `manage.py maintenance` reads them again: stored texts may contain invisible text."""
    readings = apps.get_model("reading", "Reading").objects
    found = readings.filter(stored_file__media_type="application/pdf").exclude(state="running")
    found.update(state="running", reason="", attempts=0, started_at=LONG_AGO)


class Migration(migrations.Migration):
    dependencies = [
        ("reading", "0004_hidden_content"),
    ]

    operations = [
        migrations.RunPython(read_pdfs_again, migrations.RunPython.noop),
    ]
