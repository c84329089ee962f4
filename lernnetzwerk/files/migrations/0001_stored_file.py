import uuid

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Leftover",
            fields=[
                ("key", models.CharField(max_length=200, primary_key=True, serialize=False, verbose_name="Schlüssel")),
                ("noticed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="aufgefallen am")),
            ],
            options={
                "verbose_name": "übrige Datei",
                "verbose_name_plural": "übrige Dateien",
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="Kennung"
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=60, unique=True, verbose_name="Schlüssel")),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="Prüfsumme (SHA-256)")),
                ("size", models.PositiveBigIntegerField(editable=False, verbose_name="Größe in Bytes")),
                ("media_type", models.CharField(editable=False, max_length=100, verbose_name="Medientyp")),
                ("original_name", models.CharField(editable=False, max_length=200, verbose_name="Name beim Hochladen")),
                (
                    "page_count",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="Seiten oder Folien"),
                ),
                ("width", models.PositiveIntegerField(editable=False, null=True, verbose_name="Breite in Pixeln")),
                ("height", models.PositiveIntegerField(editable=False, null=True, verbose_name="Höhe in Pixeln")),
                (
                    "is_tagged",
                    models.BooleanField(
                        editable=False, null=True, verbose_name="PDF mit Struktur für Vorleseprogramme"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="gespeichert am"
                    ),
                ),
            ],
            options={
                "verbose_name": "Datei",
                "verbose_name_plural": "Dateien",
                "ordering": ["-created_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1)),
                        name="stored_file_is_not_empty",
                        violation_error_message="Eine gespeicherte Datei kann nicht leer sein.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="stored_file_has_a_sha256",
                        violation_error_message="Die Prüfsumme besteht aus 64 Hexadezimalziffern.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("page_count__isnull", True), ("page_count__gte", 1), _connector="OR"),
                        name="stored_file_has_no_or_some_pages",
                        violation_error_message="Die Seitenzahl ist unbekannt oder mindestens 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("height__isnull", True), ("width__isnull", True)),
                            models.Q(
                                ("height__gte", 1),
                                ("height__isnull", False),
                                ("width__gte", 1),
                                ("width__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="stored_file_has_both_or_no_dimensions",
                        violation_error_message="Breite und Höhe sind beide bekannt oder beide unbekannt.",
                    ),
                ],
            },
        ),
    ]
