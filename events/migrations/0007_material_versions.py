import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0006_images"),
        ("files", "0001_stored_file"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MaterialVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("replaced_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="ersetzt am")),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="events.attachment",
                        verbose_name="Material",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ersetzt von",
                    ),
                ),
                (
                    "stored_file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="material_versions",
                        to="files.storedfile",
                        verbose_name="Datei",
                    ),
                ),
            ],
            options={
                "verbose_name": "frühere Fassung",
                "verbose_name_plural": "frühere Fassungen",
                "ordering": ["-replaced_at", "-pk"],
                "default_permissions": ("view",),
            },
        ),
    ]
