from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone


class SentForm(models.Model):
    """A form that was sent, and the object it made: sending it twice makes one object."""

    digest = models.CharField("Prüfsumme", max_length=64, primary_key=True, editable=False)
    kind = models.ForeignKey(ContentType, verbose_name="Art", on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField("Gegenstand", max_length=40)
    created_at = models.DateTimeField("abgeschickt am", default=timezone.now, editable=False, db_index=True)

    class Meta:
        verbose_name = "abgeschicktes Formular"
        verbose_name_plural = "abgeschickte Formulare"
        default_permissions = ()

    def __str__(self) -> str:
        return f"Formular vom {timezone.localtime(self.created_at):%d.%m.%Y, %H:%M}"
