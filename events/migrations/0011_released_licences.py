from django.db import migrations, models
from django.db.models import OuterRef, Subquery

LICENCES = [
    ("", "Lizenz nicht dokumentiert"),
    ("cc-by-4.0", "CC BY 4.0"),
    ("cc-by-sa-4.0", "CC BY-SA 4.0"),
    ("cc0-1.0", "CC0 1.0"),
    ("all-rights", "Alle Rechte vorbehalten"),
]


def take_over(apps, schema_editor):
    """What was released so far stands beside the material alone."""
    handed_in = apps.get_model("events", "HandedIn").objects.using(schema_editor.connection.alias)
    attachments = apps.get_model("events", "Attachment").objects.using(schema_editor.connection.alias)
    licence = attachments.filter(pk=OuterRef("material")).values("licence")[:1]
    handed_in.filter(released_at__isnull=False).update(licence=Subquery(licence))


class Migration(migrations.Migration):
    dependencies = [("events", "0010_recording_times")]
    operations = [
        migrations.AddField(
            "handedin",
            "licence",
            models.CharField("freigegeben unter", max_length=15, choices=LICENCES, blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop, elidable=True),
    ]
