from django.core.management.base import BaseCommand

from practice.municipalities import load_municipalities


class Command(BaseCommand):
    help = (
        "Creates the 396 municipalities and 31 districts of North Rhine-Westphalia. Run once after the first migrate; "
        "twice is safe, what is there stays as it is."
    )

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{load_municipalities()} Kommunen und Kreise angelegt.")
