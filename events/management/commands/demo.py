from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from events.demo.accounts import ACCOUNTS, load_accounts
from events.demo.content import DOCUMENTED, SAMPLES, content
from events.demo.invitations import load_invitation
from events.demo.loading import load
from events.demo.pages import load_pages
from events.invitations.links import address
from lernnetzwerk.search.following import suspended
from lernnetzwerk.search.indexing import rebuild
from practice.municipalities import load_municipalities

OUTCOMES = {True: "angelegt", False: "schon da"}


class Command(BaseCommand):
    help = (
        "Loads the municipalities, the documented meeting, invented meetings and practice examples (marked as samples, "
        "dated from today), the duty pages and three accounts (password from DEMO_PASSWORD, else random and printed "
        "once), and fills the search index. Twice is safe: what is there stays. Refuses on a public site."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="Load it even though SITE_URL is https.")

    def handle(self, *args: object, force: bool, **options: object) -> None:
        if settings.SITE_URL.startswith("https://") and not force:
            raise CommandError(
                "SITE_URL beginnt mit https: Demo-Konten gehören nicht auf eine öffentliche Seite (--force)."
            )
        with suspended(), transaction.atomic():
            municipalities = load_municipalities()
            event, samples = (OUTCOMES[load(part, timezone.localdate())] for part in (DOCUMENTED, SAMPLES))
            pages = load_pages()
            made_up = load_accounts(settings.DEMO_PASSWORD)
            invitation = load_invitation()
        rebuild()
        invented = content(SAMPLES)
        numbers = f"{len(invented.events)} Treffen, {len(invented.practice_examples)} Praxisbeispiele"
        self.stdout.write(
            f"Kommunen angelegt: {municipalities}. Treffen: {event}. "
            f"Beispiele ({numbers}): {samples}. Seiten veröffentlicht: {pages}."
        )
        self.stdout.write(f"Upload-Link für Vortragende: {address(invitation)}")
        self.stdout.write(f"Konten: {', '.join(ACCOUNTS)}. Passwort: {self._password(made_up)}")

    def _password(self, made_up: str | None) -> str:
        if made_up:
            return f"{made_up} (wird nur jetzt gezeigt)"
        return "wie in DEMO_PASSWORD" if settings.DEMO_PASSWORD else "unverändert"
