"""The former name of `maintenance`; removed in the next release."""

from typing import Any

from lernnetzwerk.management.commands import maintenance


class Command(maintenance.Command):
    help = "Der frühere Name von `maintenance`."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stderr.write("`tick` heißt jetzt `maintenance`; der alte Name entfällt mit der nächsten Version.")
        super().handle(*args, **options)
