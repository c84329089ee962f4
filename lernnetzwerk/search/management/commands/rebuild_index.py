from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lernnetzwerk.search.indexing import RebuildRunningError, rebuild
from lernnetzwerk.search.models import Item, Passage


class Command(BaseCommand):
    help = (
        "Schreibt den Suchindex neu, samt den Wörtern, an denen zusammengesetzte Wörter getrennt werden. Bis er fertig "
        "ist, antwortet die Suche aus dem bisherigen. Zweimal hintereinander ist unschädlich; ein zweiter Lauf zur "
        "selben Zeit tut nichts und endet mit 1."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            build = rebuild(self._say)
        except RebuildRunningError:
            raise CommandError("Ein anderer Lauf schreibt den Suchindex gerade neu.") from None
        items = Item.objects.filter(build=build)
        texts = Passage.objects.filter(item__build=build).count()
        self.stdout.write(
            f"Suchindex: {items.count()} Einträge mit {texts} Texten, {build.words.count()} bekannte Wörter."
        )

    def _say(self, label: str, done: int, total: int) -> None:
        self.stdout.write(f"{label}: {done} von {total}")
