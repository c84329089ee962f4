from django.apps import AppConfig


class PreviewsConfig(AppConfig):
    name = "lernnetzwerk.previews"
    label = "previews"
    verbose_name = "Vorschau-Links"
