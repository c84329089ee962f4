from django.apps import AppConfig


class SlugsConfig(AppConfig):
    name = "lernnetzwerk.slugs"
    label = "slugs"
    verbose_name = "Adressen"
