from django.conf import settings
from django.db.models import Q, QuerySet

from lernnetzwerk.administration import missing
from lernnetzwerk.administration.missing import Finder, Group, MissingItem, change_address
from lernnetzwerk.pages.models import Address, Page
from lernnetzwerk.visibility.placeholders import BEGIN, in_words

INCOMPLETE = Group("seiten", "Unvollständige Seiten", "Vor der Veröffentlichung zu ergänzen.", 12)
CONTACT = Group("postfach", "Postfach für Fragen", "Fußzeile, Impressum und Kontakt nennen keine E-Mail-Adresse.", 13)


def incomplete() -> QuerySet:
    without_video = Q(slug=Address.SIGN_LANGUAGE, video__isnull=True)
    return Page.objects.filter(Q(title__contains=BEGIN) | Q(body__contains=BEGIN) | without_video)


def without_mailbox() -> QuerySet:
    """The contact page, while the operator has set no mailbox."""
    pages = Page.objects.filter(slug=Address.CONTACT)
    return pages.none() if settings.CONTACT_EMAIL else pages


def _incomplete(page: Page) -> MissingItem:
    return MissingItem(page.title, f"Noch zu ergänzen: {in_words(page.open_points())}.", change_address(page))


def _without_mailbox(page: Page) -> MissingItem:
    return MissingItem(
        page.title, "Der Betrieb trägt sie als CONTACT_EMAIL in die Einstellungen ein.", change_address(page)
    )


missing.register(
    missing.waiting_for_release(Page.objects.all),
    Finder(INCOMPLETE, incomplete, _incomplete),
    Finder(CONTACT, without_mailbox, _without_mailbox),
)
