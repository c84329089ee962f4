"""How often materials were downloaded: a number for each day, and nothing about who did it."""

import logging
import re
from collections.abc import Iterable
from datetime import date

from django.db import DatabaseError, models, transaction
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone

from events.materials.models import Attachment

ROBOTS = re.compile(r"bot|crawl|spider|slurp|preview|monitor", re.IGNORECASE)

logger = logging.getLogger("lernnetzwerk.materials")


class DownloadCount(models.Model):
    """Downloads of one material on one day (Europe/Berlin)."""

    material = models.ForeignKey(
        Attachment, verbose_name="Material", on_delete=models.CASCADE, related_name="download_counts"
    )
    day = models.DateField("Tag")
    number = models.PositiveIntegerField("Anzahl", default=0)

    class Meta:
        verbose_name = "Downloads eines Tages"
        verbose_name_plural = "Downloads nach Tagen"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["material", "day"], name="download_count_of_a_day_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y}: {self.number}"


def count_downloads(request: HttpRequest, materials: Iterable[Attachment]) -> None:
    """Adds one to each material's number of today, unless the answer is a later part, only a head, or for a robot.

    Nothing of the request is kept. A database that cannot write costs the number, never the download.
    """
    if request.method != "GET" or is_later_part(request) or ROBOTS.search(request.headers.get("User-Agent", "")):
        return
    try:
        with transaction.atomic():
            add_one([material.pk for material in materials], timezone.localdate())
    except DatabaseError:
        logger.warning("a download could not be counted", exc_info=True)


def is_later_part(request: HttpRequest) -> bool:
    """A player that seeks, or a download that goes on after a break, asks for more of what was counted before."""
    wanted = request.headers.get("Range", "").strip()
    return bool(wanted) and not wanted.startswith("bytes=0-")


def add_one(materials: list[int], day: date) -> None:
    """Two statements for any number of materials; the row is there before it is added to, so that none gets lost."""
    rows = [DownloadCount(material_id=material, day=day) for material in materials]
    DownloadCount.objects.bulk_create(rows, ignore_conflicts=True)
    DownloadCount.objects.filter(Q(material__in=materials), day=day).update(number=F("number") + 1)
