from django.db import models


class PublicChanges(models.Model):
    """How often public content has changed. Triggers count; the sum over all rows is the version.

    PostgreSQL has several rows, so that transactions that write at the same time do not wait for each other.
    """

    counter = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "Zähler der Änderungen"
        verbose_name_plural = "Zähler der Änderungen"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pk}: {self.counter}"
