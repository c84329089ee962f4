"""Filters and orders of the attachment list."""

from django.db.models import F
from django.db.models.functions import Coalesce

from events.attachments.subtitles import accessibility
from events.models import Attachment
from lernnetzwerk.reading.models import Reading
from lernnetzwerk.web.filters import one_of, relation_filter, year

FILTERS = (
    one_of("art", "Art", "kind", Attachment.Kind.choices),
    year(Coalesce("event__starts_on", "session__event__starts_on")),
    relation_filter("reihe", "Reihe", "event__series", "session__event__series", order="name"),
    relation_filter("thema", "Thema", "session__topics", "event__topics", "practice_example__topics"),
    one_of("barrierefreiheit", "Barrierefreiheit", accessibility(), Reading.Level.choices),
    relation_filter("ort", "Kommune", "session__municipalities", "practice_example__municipalities", "event__host"),
)

ORDERS = {
    "": ("Neu im Portal", (F("published_from").desc(), F("pk").desc())),
    "treffen": ("Jüngste Treffen zuerst", (F("held_on").desc(nulls_last=True), F("position"), F("pk"))),
    "aelteste": ("Älteste Treffen zuerst", (F("held_on").asc(nulls_last=True), F("position"), F("pk"))),
}
VIEWS = {"": "Mit Titelbildern", "liste": "Als Liste"}
