from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "lernnetzwerk.files"
    label = "files"
    verbose_name = "Dateien"
    default_auto_field = "django.db.models.BigAutoField"
