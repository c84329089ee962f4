"""Fields and a model are called what the model Attachment is called; tables and columns keep their names."""

import django.db.models.deletion
from django.db import migrations, models


def rename_permission(apps, _schema_editor, old="view_materialversion", new="view_attachmentversion"):
    """Groups keep the right that an operator gave them; a right already made under the new name gives way."""
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="events")
    if permissions.filter(codename=old).exists():
        permissions.filter(codename=new).delete()
        permissions.filter(codename=old).update(codename=new)


def rename_permission_back(apps, schema_editor):
    rename_permission(apps, schema_editor, "view_attachmentversion", "view_materialversion")


def same_constraint(model, constraint):
    """The constraint in the database stands on the column, which stays."""
    return migrations.SeparateDatabaseAndState(
        state_operations=[
            migrations.RemoveConstraint(model, constraint.name),
            migrations.AddConstraint(model, constraint),
        ]
    )


def renamed_field(model, field):
    """The column `material_id` stays."""
    return [
        migrations.AlterField(model, "material", field),
        migrations.RenameField(model, "material", "attachment"),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("events", "0011_released_licences"),
        ("files", "0002_examinations"),
    ]

    operations = [
        *renamed_field(
            "downloadcount",
            models.ForeignKey(
                db_column="material_id",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="download_counts",
                to="events.attachment",
                verbose_name="Material",
            ),
        ),
        *renamed_field(
            "handedin",
            models.OneToOneField(
                db_column="material_id",
                on_delete=django.db.models.deletion.CASCADE,
                primary_key=True,
                related_name="handed_in",
                serialize=False,
                to="events.attachment",
                verbose_name="Material",
            ),
        ),
        *renamed_field(
            "track",
            models.ForeignKey(
                db_column="material_id",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tracks",
                to="events.attachment",
                verbose_name="Material",
            ),
        ),
        same_constraint(
            "downloadcount",
            models.UniqueConstraint(fields=("attachment", "day"), name="download_count_of_a_day_is_one"),
        ),
        same_constraint(
            "track",
            models.UniqueConstraint(
                fields=("attachment", "language"),
                name="track_is_the_only_one_in_its_language",
                violation_error_message="In dieser Sprache gibt es schon Untertitel.",
            ),
        ),
        migrations.AlterModelTable("materialversion", "events_materialversion"),
        migrations.RenameModel("MaterialVersion", "AttachmentVersion"),
        migrations.AlterField(
            "attachmentversion",
            "stored_file",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attachment_versions",
                to="files.storedfile",
                verbose_name="Datei",
            ),
        ),
        migrations.RunPython(rename_permission, rename_permission_back),
    ]
