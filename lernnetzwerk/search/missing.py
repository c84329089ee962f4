"""Finds what visitors have searched and not found."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode

from lernnetzwerk.administration.missing import Finder, Group, MissingItem, register
from lernnetzwerk.search.missed import latest_missed
from lernnetzwerk.search.models import MissedQuery

MISSED = Group(
    "suche",
    "Gesucht und nicht gefunden",
    "Gibt es dazu etwas unter einem anderen Wort, tragen Sie beide als Synonym ein. Sonst fehlt vielleicht ein Inhalt.",
    90,
)


def synonym_address(words: str) -> str:
    """The form for new synonyms, with these words in its first line."""
    return f"{reverse('admin:search_synonyms_add')}?{urlencode({'terms': words})}"


def _missed(row: MissedQuery) -> MissingItem:
    what = f"{row.total}-mal gesucht, zuletzt am {date_format(row.day, 'j. F Y')}."  # type: ignore[attr-defined]
    return MissingItem(row.words, what, synonym_address(row.words))


register(Finder(MISSED, latest_missed, _missed, permission="search.publish_synonyms"))
