from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lernnetzwerk.files.consistency import Findings, all_files, unreferenced
from lernnetzwerk.files.storage import files_storage


class Command(BaseCommand):
    help = (
        "Vergleicht jede gespeicherte Datei mit ihrer Zeile in der Datenbank: Ist sie da, stimmen Größe und Prüfsumme? "
        "Nennt außerdem, worauf nichts verweist; das ist kein Schaden, `gc_media` räumt es nach seiner Frist weg. "
        "Ändert keine Datei. Wann: nach dem Zurückspielen einer Sicherung, sonst genügt `tick`. "
        "Endet mit 1, wenn etwas beschädigt ist."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quick", action="store_true", help="nur Vorhandensein und Größe, ohne Prüfsummen")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = Findings()
        for stored_file in all_files():
            findings.verify(stored_file, quick=options["quick"])
        blobs, rows = unreferenced(files_storage())
        for stored_file in rows:
            self.stdout.write(f"Ohne Verweis: {stored_file} (Schlüssel {stored_file.key})")
        for key in blobs:
            self.stdout.write(f"Ohne Zeile in der Datenbank: Schlüssel {key}")
        for damage in findings.damages:
            self.stderr.write(f"Beschädigt: {damage}")
        what = "Vorhandensein und Größe geprüft" if options["quick"] else "Geprüft"
        summary = f"{what}: {findings.summary}. Ohne Verweis: {len(rows)}, ohne Zeile: {len(blobs)}."
        if findings.damages:
            raise CommandError(f"{summary} Beschädigt: {len(findings.damages)}.")
        self.stdout.write(f"{summary} Alles unversehrt.")
