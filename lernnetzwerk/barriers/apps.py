from django.apps import AppConfig


class BarriersConfig(AppConfig):
    name = "lernnetzwerk.barriers"
    label = "barriers"
    verbose_name = "Barrieren"
