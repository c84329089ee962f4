"""Snapshots of releases name the appearances of a session `appearances`, as the model does; formerly `people`."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def rename_key(apps: Apps, schema_editor: BaseDatabaseSchemaEditor, old: str, new: str) -> None:
    programmes = apps.get_model("events", "Programme").objects.using(schema_editor.connection.alias)
    for programme in programmes.exclude(snapshot=None).only("snapshot").iterator():
        for slot in programme.snapshot["slots"]:
            if slot["session"]:
                slot["session"][new] = slot["session"].pop(old)
        programmes.filter(pk=programme.pk).update(snapshot=programme.snapshot)


def people_to_appearances(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rename_key(apps, schema_editor, "people", "appearances")


def appearances_to_people(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rename_key(apps, schema_editor, "appearances", "people")


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0014_folded_titles"),
    ]

    operations = [
        migrations.RunPython(people_to_appearances, appearances_to_people),
    ]
