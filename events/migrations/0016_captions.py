from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0015_separate_days"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="track",
            options={
                "ordering": ["language", "kind", "pk"],
                "verbose_name": "Untertitelspur",
                "verbose_name_plural": "Untertitel",
            },
        ),
        migrations.RemoveConstraint(
            model_name="track",
            name="track_is_the_only_one_in_its_language",
        ),
        migrations.AlterField(
            model_name="track",
            name="kind",
            field=models.CharField(
                choices=[("subtitles", "Untertitel"), ("captions", "Untertitel für Gehörlose")],
                default="subtitles",
                help_text="„Untertitel“: nur Gesprochenes, etwa eine Übersetzung. „Untertitel für Gehörlose“: auch Geräusche, Musik und wer spricht.",
                max_length=10,
                verbose_name="Art",
            ),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.UniqueConstraint(
                fields=("attachment", "language", "kind"),
                name="track_is_the_only_one_of_its_language_and_kind",
                violation_error_message="In dieser Sprache gibt es schon Untertitel dieser Art.",
            ),
        ),
    ]
