from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from practice.topic_order import topic_key

KINDS = ("field", "phase", "law", "group")
# The first of these words that a phase of life contains gives its place.
PHASES = {
    "übergang kita": 35,
    "übergang grundschule": 45,
    "übergang schule": 70,
    "schwangerschaft": 10,
    "geburt": 10,
    "frühe": 20,
    "krippe": 20,
    "kita": 30,
    "kindergarten": 30,
    "grundschule": 40,
    "weiterführende": 50,
    "schule": 60,
    "jugend": 65,
    "ausbildung": 80,
    "beruf": 80,
    "erwachsen": 90,
}


def place_phases(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    topics = apps.get_model("practice", "Topic")._base_manager.using(schema_editor.connection.alias)
    for key, kind, name in list(topics.values_list("pk", "kind", "name")):
        position = next((place for word, place in PHASES.items() if word in name.casefold()), None)
        position = position if kind == "phase" else None
        topics.filter(pk=key).update(position=position, sort_name=topic_key(KINDS.index(kind), position, name))


class Migration(migrations.Migration):
    dependencies = [
        ("practice", "0003_folded_names"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="topic",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ["sort_name", "pk"],
                "verbose_name": "Thema",
                "verbose_name_plural": "Themen",
            },
        ),
        migrations.AddField(
            model_name="topic",
            name="position",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Themen einer Art stehen in der Reihenfolge dieser Zahlen, Lebensphasen etwa nach dem Alter. Leer: dahinter, nach dem Namen; Gesetzbücher nach ihrer Nummer.",
                null=True,
                verbose_name="Platz in der Reihenfolge",
            ),
        ),
        migrations.RunPython(place_phases, migrations.RunPython.noop),
    ]
