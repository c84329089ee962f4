import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_stored_file"),
    ]

    operations = [
        migrations.CreateModel(
            name="Examination",
            fields=[
                (
                    "stored_file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="examination",
                        serialize=False,
                        to="files.storedfile",
                        verbose_name="Datei",
                    ),
                ),
                (
                    "examined_at",
                    models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="geprüft am"),
                ),
                ("damage", models.CharField(blank=True, max_length=200, verbose_name="Schaden")),
            ],
            options={
                "verbose_name": "Prüfung einer Datei",
                "verbose_name_plural": "Prüfungen von Dateien",
            },
        ),
    ]
