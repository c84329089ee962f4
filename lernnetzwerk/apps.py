from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LernnetzwerkConfig(AppConfig):
    name = "lernnetzwerk"
    verbose_name = "Lernnetzwerk"

    def ready(self) -> None:
        from lernnetzwerk.roles import create_groups  # models are loaded only now

        post_migrate.connect(create_groups, dispatch_uid="lernnetzwerk.roles")
