from django.apps import AppConfig


class SentFormsConfig(AppConfig):
    name = "lernnetzwerk.administration"
    label = "administration"
    verbose_name = "Abgeschickte Formulare"
