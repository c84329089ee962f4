from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lernnetzwerk.operation.locks import try_lock
from lernnetzwerk.operation.maintenance import run_all


class Command(BaseCommand):
    help = (
        "Führt die regelmäßigen Aufgaben aus und meldet das Ergebnis je Aufgabe in einer Zeile. Schlägt eine fehl, "
        "laufen die übrigen trotzdem, und der Befehl endet mit 1. Wann: stündlich, etwa durch cron; öffentliche Seiten "
        "hängen nicht davon ab. Zweimal hintereinander ist unschädlich, zweimal zugleich auch: Der zweite Lauf endet "
        "sofort."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with try_lock("maintenance") as is_ours:
            if not is_ours:
                self.stdout.write("Ein anderer Lauf ist noch aktiv; dieser endet.")
                return
            self._run_all()

    def _run_all(self) -> None:
        failed = []
        for done in run_all():
            stream = self.stderr if done.has_failed else self.stdout
            stream.write(f"{done.task.name}: {'FEHLER: ' if done.has_failed else ''}{done.message}")
            failed += [done.task.name] * done.has_failed
        if failed:
            raise CommandError(f"Fehlgeschlagen: {', '.join(failed)}.")
