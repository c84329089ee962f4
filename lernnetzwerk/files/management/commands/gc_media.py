from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from lernnetzwerk.files.garbage_collection import collect_garbage, delete_temporary
from lernnetzwerk.files.storage import files_storage


class Command(BaseCommand):
    help = (
        "Räumt den Dateispeicher auf: löscht abgebrochene Uploads und Dateien, auf die seit Ablauf der Frist nichts "
        "mehr zeigt. Die Frist beginnt mit dem ersten Lauf, dem eine übrige Datei auffällt. Wann: täglich oder "
        "wöchentlich, auch im laufenden Betrieb (nur --days 0 nicht). Zweimal hintereinander ist unschädlich."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=30, help="Frist für übrige Dateien in Tagen (30)")
        parser.add_argument("--temporary-days", type=int, default=1, help="Frist für abgebrochene Uploads in Tagen (1)")
        parser.add_argument("--dry-run", action="store_true", help="nur zählen, nichts löschen")

    def handle(self, *args: Any, **options: Any) -> None:
        storage, now, dry_run = files_storage(), timezone.now(), options["dry_run"]
        temporary = delete_temporary(storage, now - timedelta(days=options["temporary_days"]), dry_run=dry_run)
        leftovers = collect_garbage(storage, now, now - timedelta(days=options["days"]), dry_run=dry_run)
        self.stdout.write(f"Abgebrochene Uploads: {temporary}, übrige Dateien: {leftovers}")
