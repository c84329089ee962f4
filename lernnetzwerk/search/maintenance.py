"""Tasks of `manage.py maintenance`: repairs what the index missed, and forgets old queries."""

from datetime import timedelta

from django.utils import timezone

from lernnetzwerk.operation.maintenance import Task, register
from lernnetzwerk.search.indexing import rebuild, update
from lernnetzwerk.search.missed import forget_missed
from lernnetzwerk.search.models import Build, Item
from lernnetzwerk.search.sources import SOURCES, Source

RENEWED_AFTER = timedelta(days=7)
TOGETHER = 50


def repair_index() -> str:
    """Rebuilds an index without vocabulary or older than a week; else writes and deletes entries that differ."""
    build = Build.objects.filter(is_current=True).first()
    is_outdated = build is None or build.started_at < timezone.now() - RENEWED_AFTER or not build.words.exists()
    if build is None or is_outdated:
        return f"neu geschrieben: {Item.objects.filter(build=rebuild()).count()} Einträge."
    repaired = sum(_repair(source, build) for source in SOURCES.values())
    return f"{repaired} nachgetragen oder entfernt."


def _repair(source: Source, build: Build) -> int:
    """Compares keys only, so that it costs two queries while nothing was missed."""
    there = set(Item.objects.filter(build=build, kind=source.kind).values_list("object_id", flat=True))
    wanted = source.load(source.released())
    keys = set(wanted.values_list("pk", flat=True))
    wrong = sorted(keys ^ there)
    for start in range(0, len(wrong), TOGETHER):
        update(source.kind, wrong[start : start + TOGETHER])
    return len(wrong)


register(Task("Suchindex", 50, repair_index), Task("Suchen ohne Treffer", 51, forget_missed))
