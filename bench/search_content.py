"""Fills a portal with generated German texts and measures its search; runs in the portal by `manage.py shell`.

The texts are the same each time: words by Zipf's law, two of ten of them compounds, names of people and towns.
"""

import json
import random
import re
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import accumulate
from uuid import uuid4

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Appearance, Attachment, Event, EventDay, Programme, Session, Slot
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.reading.models import FilePage, Reading
from lernnetzwerk.search.models import Item, Passage
from lernnetzwerk.search.naming import suggestions
from lernnetzwerk.search.query import Query
from lernnetzwerk.search.searching import find
from practice.models import Municipality
from speakers.models import Speaker

PUBLIC = {"state": "published", "published_from": datetime(2001, 1, 1, tzinfo=UTC)}
QUERIES = (
    "Jobcenter", "Kinderarmut", "BuT Schulsozialarbeit Lünen", "Sanktionen U25 Jobcenter", "Kette",
    "Armutsquote Stadtteil", '"Frühe Hilfen"', "Grohs", "§ 16h SGB II", "Prävention Hamm",
)  # fmt: skip
TYPED = ("lün", "ha", "mei", "forum", "präv")
ROUNDS = 5
SMALL = re.findall(
    r"\w+",
    """
    und die der in zu den das mit für von auf ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach
    wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein
    """,
)
NOUNS = re.findall(
    r"\w+",
    """
    Kinder Familie Kommune Jugend Schule Netzwerk Stadt Eltern Beratung Bildung Hilfe Arbeit Prävention Projekt Angebot
    Stadtteil Förderung Gesundheit Teilhabe Kita Amt Betreuung Quartier Träger Jobcenter Planung Fachkraft Armut Land
    Verwaltung Sprache Leistung Kreis Ziel Bedarf Zentrum Lernen Kette Übergang Integration Begleitung Beruf Ausbildung
    Pflege Kooperation Steuerung Treffen Konzept Ergebnis Daten Monitoring Evaluation Sanktion Rathaus Verein Sport
    Ernährung Wohnung Migration Flucht Recht Gesetz Antrag Paket Geld Haushalt Kosten Quote Statistik Bericht Studie
    Forschung Hochschule Vortrag Folie Werkstatt Dialog Beteiligung Ehrenamt Spende Stiftung Politik Rat Ausschuss
    Dienst Besuch Geburt Hebamme Vater Mutter Kurs Ferien Mittagessen Bus Weg Brücke Raum Haus Garten Wald Wasser
    Zeit Jahr Monat Woche Abend Morgen Zukunft Wandel Chance Risiko Schutz Sicherheit Vertrauen Qualität Personal
    Gruppe Runde Lotse Büro Telefon Brief Sprechstunde Vertrag Vereinbarung Schwelle Grenze Region Bezirk Bürger Gewalt
    Konflikt Stärke Kompetenz Methode Werkzeug Material Medium Computer Spiel Musik Kunst Theater Buch Bibliothek Museum
    """,
)
PHRASES = ("Frühe Hilfen", "SGB II", "§ 16h SGB II", "Bildungs- und Teilhabepaket", "U25", "Schulsozialarbeit", "BuT")
TOWNS = re.findall(
    r"\w+", "Lünen Hamm Dortmund Bielefeld Bottrop Münster Gelsenkirchen Herne Essen Köln Wuppertal Moers Unna"
)
FIRST_NAMES = re.findall(
    r"\w+", "Anna Berta Cem David Elif Frank Gerda Hanna Ivo Jana Karim Lena Mehmet Nora Olga Paul Rosa Sven"
)
LAST_BEGINS = re.findall(
    r"\w+", "Mei Grohs Wal Schu Lin Berg Hoff Kra Sie Vog Neu Rott Tem Ust Zim Bran Fals Ger Hart Kell"
)
LAST_ENDS = ("er", "mann", "ert", "stein", "kamp", "feld", "bach", "meier", "ing", "haus", "hoff", "", "ke", "sen")


class Texts:
    """Sentences, drawn from the same words in the same order each time."""

    def __init__(self) -> None:
        self.random = random.Random(17)  # noqa: S311  # the same texts each time
        compounds = [self._compound() for _ in range(20_000)]
        nouns = [*NOUNS, *compounds]
        self.words = [*SMALL, *TOWNS, *PHRASES, *nouns]
        weights = [10 / place for place, _ in enumerate(SMALL, 1)]
        weights += [0.05] * len(TOWNS) + [0.02] * len(PHRASES)
        weights += [8 / (place + 8) for place, _ in enumerate(nouns, 1)]
        self.sums = list(accumulate(weights))

    def _compound(self) -> str:
        first, *rest = self.random.sample(NOUNS, self.random.choice((2, 2, 2, 3)))
        link = self.random.choice(("", "s", "n", "en", ""))
        return first + link + "".join(rest).lower()

    def sentence(self, words: int) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.sums, k=words))

    def page(self) -> str:
        return "\n".join(f"{self.sentence(self.random.randint(5, 14))}." for _ in range(self.random.randint(3, 10)))

    def speaker(self) -> dict[str, str]:
        last = self.random.choice(LAST_BEGINS) + self.random.choice(LAST_ENDS)
        return {"first_name": self.random.choice(FIRST_NAMES), "last_name": last, "sort_name": last}


def fill(meetings: int, sessions: int, materials: int, pages: int) -> None:
    """Adds so many rows with one statement for hundreds of them, and without building the index."""
    texts = Texts()
    with transaction.atomic():
        events = Event.objects.bulk_create(_events(texts, meetings), batch_size=500)
        talks = Session.objects.bulk_create(_sessions(texts, events, sessions), batch_size=500)
        _place(events, talks)
        people = [Speaker(slug=f"person-{number}", **texts.speaker()) for number in range(sessions // 4)]
        speakers = Speaker.objects.bulk_create(people, batch_size=500)
        Appearance.objects.bulk_create(
            (Appearance(session=talk, speaker=texts.random.choice(speakers)) for talk in talks), batch_size=500
        )
        _fill_files(texts, talks, materials, pages)
    tell(address=talks[0].get_absolute_url())


def _events(texts: Texts, number: int) -> Iterator[Event]:
    towns = list(Municipality.objects.all())
    for place in range(number):
        day = date(2004, 1, 1) + timedelta(days=place * 8 % 8_000)
        days = {"starts_on": day, "ends_on": day, "precision": "day"}
        title = f"Forum {texts.sentence(4)}"
        text = {"summary": texts.sentence(25), "description": f"<p>{texts.page()}</p>"}
        yield Event(title=title, slug=f"forum-{place}", host=texts.random.choice(towns), **text, **days, **PUBLIC)


def _sessions(texts: Texts, events: list[Event], number: int) -> Iterator[Session]:
    for place in range(number):
        text = {"title": texts.sentence(6).capitalize(), "abstract": f"<p>{texts.page()}</p>"}
        yield Session(event=events[place % len(events)], slug=f"beitrag-{place}", kind="talk", **text)


def _place(events: list[Event], talks: list[Session]) -> None:
    """Releases a programme of each event with all of its sessions."""
    released = {"number": 1, "released_at": timezone.now(), "snapshot": {}}
    programmes = Programme.objects.bulk_create((Programme(event=one, **released) for one in events), batch_size=500)
    days = EventDay.objects.bulk_create((EventDay(event=one, date=one.starts_on) for one in events), batch_size=500)
    slots = (
        Slot(programme=programmes[place % len(events)], day=days[place % len(events)], order=place, session=talk)
        for place, talk in enumerate(talks)
    )
    Slot.objects.bulk_create(slots, batch_size=500)
    current = Programme.objects.filter(event=OuterRef("pk"), number=1).values("pk")
    Event.objects.filter(pk__in=[one.pk for one in events]).update(current_release=Subquery(current))


def _fill_files(texts: Texts, talks: list[Session], materials: int, pages: int) -> None:
    facts = {"media_type": "application/pdf", "original_name": "folien.pdf", "size": 1_000, "sha256": "0" * 64}
    each = pages // materials
    files = [StoredFile(key=f"bench/{uuid4()}", page_count=each, **facts) for _ in range(materials)]
    StoredFile.objects.bulk_create(files, batch_size=500)
    readings = Reading.objects.bulk_create((Reading(stored_file=file, state="done") for file in files), batch_size=500)
    Attachment.objects.bulk_create(
        (
            Attachment(session=talk, kind="slides", title=texts.sentence(5), stored_file=file, **PUBLIC)
            for talk, file in zip(talks, files, strict=False)
        ),
        batch_size=500,
    )
    for start in range(0, materials, 50):
        FilePage.objects.bulk_create(
            FilePage(reading=reading, number=number, text=texts.page())
            for reading in readings[start : start + 50]
            for number in range(1, each + 1)
        )


def build() -> None:
    """Builds the index and prints the seconds, the numbers of its entries and texts, and its size in bytes."""
    before, began = size(), time.perf_counter()
    call_command("rebuild_index", verbosity=0, stdout=open("/dev/null", "w"))  # noqa: SIM115
    seconds = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    tell(seconds=seconds, items=Item.objects.count(), texts=Passage.objects.count(), size=size() - before)


def size() -> int:
    """Bytes of the database that are in use."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return cursor.fetchone()[0]
        cursor.execute(
            "SELECT (page_count - freelist_count) * page_size FROM"
            " pragma_page_count, pragma_freelist_count, pragma_page_size"
        )
        return cursor.fetchone()[0]


def measure(session: str) -> None:
    """Prints the median seconds of each query, of suggestions and of a session page, and numbers of queries."""
    uncached = [one for one in settings.MIDDLEWARE if "page_cache" not in one]
    with override_settings(MIDDLEWARE=uncached):
        client = Client(SERVER_NAME="127.0.0.1")
        page = median(lambda: client.get(session)) if Session.objects.filter(slug="beitrag-0").exists() else 0
    tell(
        seconds={text: median(partial(find, Query(text))) for text in QUERIES},
        hits={text: find(Query(text)).total for text in QUERIES},
        queries=max(queries(text) for text in QUERIES),
        suggestions=statistics.median(median(partial(suggested, text)) for text in TYPED),
        page=page,
    )


def suggested(text: str) -> str:
    return json.dumps([vars(one) for one in suggestions(text, timezone.now())])


def queries(text: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        find(Query(text))
    return len(captured)


def median(call: Callable[[], object]) -> float:
    call()
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def tell(**facts: object) -> None:
    print(json.dumps(facts))
