from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import F

from lernnetzwerk.reading.models import Reading
from lernnetzwerk.reading.store import is_stuck, readable_files
from lernnetzwerk.reading.tasks import read_file


class Command(BaseCommand):
    help = (
        "Liest noch nicht ausgelesene Dateien: Text, Gliederung, Bilder der Seiten, Angaben zur "
        "Zugänglichkeit. Wann: nach einer Einspielung alter Dateien oder eines neuen Programmstands, auch im laufenden "
        "Betrieb. Zweimal hintereinander ist unschädlich."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="auch Dateien, die schon ausgelesen sind")

    def handle(self, *args: Any, **options: Any) -> None:
        files = readable_files().order_by("created_at")
        if not options["again"]:
            files = files.filter(reading__isnull=True) | files.filter(reading__in=Reading.objects.filter(is_stuck()))
        wanted = list(files.annotate(attempts=F("reading__attempts")).values_list("pk", flat=True))
        for file_id in wanted:
            read_file(file_id, again=options["again"])
        read = Reading.objects.filter(pk__in=wanted)
        done, failed = (read.filter(state=state).count() for state in (Reading.State.DONE, Reading.State.FAILED))
        self.stdout.write(f"Ausgelesen: {done}, ohne Vorschau: {failed}")
