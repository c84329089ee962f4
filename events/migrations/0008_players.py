import django.db.models.deletion
from django.db import migrations, models

import events.models.chapters
import lernnetzwerk.files.fields


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0007_material_versions"),
        ("files", "0001_stored_file"),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="chapters",
            field=models.TextField(
                blank=True,
                help_text="Je Zeile eine Zeit und ein Titel, etwa „0:00 Begrüßung“ und „12:30 Fragen aus dem Plenum“.",
                max_length=20000,
                validators=[events.models.chapters.validate_chapters],
                verbose_name="Kapitel",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="poster",
            field=lernnetzwerk.files.fields.StoredFileField(
                accept="image",
                blank=True,
                help_text="Steht an der Stelle des Videos, bis es abgespielt wird.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="poster_of",
                to="files.storedfile",
                verbose_name="Standbild",
            ),
        ),
        migrations.CreateModel(
            name="Track",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("subtitles", "Untertitel"), ("captions", "Untertitel mit Geräuschen")],
                        default="subtitles",
                        max_length=10,
                        verbose_name="Art",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("de", "Deutsch"),
                            ("en", "Englisch"),
                            ("fr", "Französisch"),
                            ("nl", "Niederländisch"),
                        ],
                        max_length=5,
                        verbose_name="Sprache",
                    ),
                ),
                (
                    "label",
                    models.CharField(
                        blank=True, help_text="Leer: Art und Sprache.", max_length=60, verbose_name="Name im Menü"
                    ),
                ),
                (
                    "material",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tracks",
                        to="events.attachment",
                        verbose_name="Material",
                    ),
                ),
                (
                    "stored_file",
                    lernnetzwerk.files.fields.StoredFileField(
                        accept="subtitles",
                        help_text="Aus den Untertiteln in der Sprache des Materials entsteht auch der Text zum Mitlesen.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tracks",
                        to="files.storedfile",
                        verbose_name="Datei",
                    ),
                ),
            ],
            options={
                "verbose_name": "Untertitelspur",
                "verbose_name_plural": "Untertitel",
                "ordering": ["language", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("material", "language"),
                        name="track_is_the_only_one_in_its_language",
                        violation_error_message="In dieser Sprache gibt es schon Untertitel.",
                    )
                ],
            },
        ),
    ]
