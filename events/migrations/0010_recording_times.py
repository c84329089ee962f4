from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from events.models.chapters import last_beginning


def note_last_chapters(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Subtitles of before are noted when they are saved again: their files may be in a store that is far away."""
    materials = apps.get_model("events", "Attachment").objects.using(schema_editor.connection.alias)
    for pk, text in materials.exclude(chapters="").values_list("pk", "chapters"):
        materials.filter(pk=pk).update(last_chapter=last_beginning(text))


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0009_invitations"),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="last_chapter",
            field=models.PositiveIntegerField(editable=False, null=True, verbose_name="Beginn des letzten Kapitels"),
        ),
        migrations.AddField(
            model_name="track",
            name="last_second",
            field=models.PositiveIntegerField(editable=False, null=True, verbose_name="Ende des letzten Untertitels"),
        ),
        migrations.RunPython(note_last_chapters, migrations.RunPython.noop),
    ]
