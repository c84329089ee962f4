from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class LernnetzwerkConfig(AppConfig):
    name = "lernnetzwerk"
    verbose_name = "Lernnetzwerk"

    def ready(self) -> None:
        from lernnetzwerk.visibility.roles import create_groups

        post_migrate.connect(create_groups, dispatch_uid="lernnetzwerk.visibility.roles")
        autodiscover_modules("dashboard", "maintenance", "missing")


class AdministrationConfig(AdminConfig):
    default_site = "lernnetzwerk.administration.site.Administration"
