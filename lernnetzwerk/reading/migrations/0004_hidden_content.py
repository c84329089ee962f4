from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reading", "0003_pdf_remarks"),
    ]

    operations = [
        migrations.AddField(
            model_name="reading",
            name="hidden_content",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="Schlüssel und Anzahl, z. B. „notes“ und 3.",
                verbose_name="Verborgenes",
            ),
        ),
        migrations.AddField(
            model_name="reading",
            name="names",
            field=models.JSONField(blank=True, default=list, verbose_name="Namen in den Eigenschaften"),
        ),
        migrations.AddField(
            model_name="reading",
            name="codecs",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Wie RFC 6381 und Matroska sie nennen, z. B. „hvc1“.",
                verbose_name="Codecs",
            ),
        ),
    ]
