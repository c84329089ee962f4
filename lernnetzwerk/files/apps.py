from django.apps import AppConfig
from django.core.checks import Tags, register

from lernnetzwerk.files.system_checks import files_stay_out_of_web_roots


class FilesConfig(AppConfig):
    name = "lernnetzwerk.files"
    label = "files"
    verbose_name = "Dateien"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(files_stay_out_of_web_roots, Tags.security)
