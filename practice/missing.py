"""Finds practice examples whose last check is long ago, and those waiting for release."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from lernnetzwerk.administration.missing import (
    Finder,
    Group,
    Mail,
    MissingItem,
    change_address,
    register,
    waiting_for_release,
)
from lernnetzwerk.text.enumeration import enumeration
from lernnetzwerk.visibility.models import State
from practice.models import PracticeExample

STALE = Group(
    "veraltet",
    "Lange nicht geprüfte Praxisbeispiele",
    "Vor mehr als zwei Jahren geprüft; auf der Seite steht ein Hinweis darauf.",
    80,
)

LETTER = """Guten Tag,

auf unseren Seiten steht das Praxisbeispiel „{title}“ aus {towns}. Zuletzt geprüft wurde es am {checked_on}.

Sind die Angaben noch richtig? Besteht das Angebot weiter, und ist Ihre Stelle noch für Rückfragen zuständig? Bitte teilen Sie uns Änderungen mit. Hat sich nichts geändert, genügt eine kurze Bestätigung.

Herzlichen Dank und freundliche Grüße
{sender}
"""  # noqa: E501 - a paragraph of a mail is one line; the mail client wraps it


def stale_examples(today: date | None = None) -> QuerySet:
    """Examples whose page says how long ago the last check was, the oldest first; see `years_unchecked`."""
    older = PracticeExample.objects.filter(checked_on__lt=two_years_before(today or timezone.localdate()))
    alive = older.exclude(stage=PracticeExample.Stage.ENDED).exclude(state=State.WITHDRAWN)
    return alive.prefetch_related("municipalities").order_by("checked_on", "pk")


def two_years_before(today: date) -> date:
    """The same day two years earlier, 1 March for 29 February; an earlier check is more than two years old."""
    try:
        return today.replace(year=today.year - 2)
    except ValueError:
        return (today + timedelta(days=1)).replace(year=today.year - 2)


def _stale(example: PracticeExample) -> MissingItem:
    checked_on = date_format(example.checked_on, "j. F Y") if example.checked_on else ""
    towns = enumeration(municipality.name for municipality in example.municipalities.all())
    values = {"title": example.title, "towns": towns, "checked_on": checked_on, "sender": settings.SITE_NAME}
    mail = Mail(f"Bitte prüfen: „{example.title}“", LETTER.format(**values), example.contact_email)
    what = f"Zuletzt geprüft am {checked_on}, vor mehr als {example.years_unchecked()} Jahren."
    return MissingItem(example.title, what, change_address(example, "field-checked_on"), towns, mail)


def _examples() -> QuerySet:
    return PracticeExample.objects.all()


register(
    waiting_for_release(_examples, "sessions__event"),
    Finder(STALE, stale_examples, _stale, ("sessions__event",)),
)
