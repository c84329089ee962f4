"""The documented event that `manage.py demo` loads, compared with the facts of the printed report."""

import re
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command

from events.demo.content import FILES
from events.invitations import links as invitations
from events.models import Appearance, Attachment, Event, Invitation, Session
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.pdf import read as pdf
from practice.models import Municipality, PracticeExample
from speakers.models import Speaker
from tests.factories import GROUPS
from tests.reading import attribute, body, document, elements, links, text, texts

SLUG = "lernnetzwerktreffen-arbeits-und-sozialverwaltung"
EVENT = f"/veranstaltungen/{SLUG}/"
KNUTH = "Institut Arbeit und Qualifikation (IAQ), Universität Duisburg-Essen"
GROHS = "Lehrstuhl für Politikwissenschaft, Deutsche Universität für Verwaltungswissenschaften Speyer"
MARQUARDSEN = "Lehrgebiet „Armut und soziale Ungleichheit im Kontext der Sozialen Arbeit“, Fachhochschule Kiel"
TALK = "Aktivieren oder befähigen? Normen und Strukturen in Jobcentern und Arbeitsagenturen"
HAMM = "Bildungsbegleiter und die Umsetzung des Bildungs- und Teilhabepaketes"
LUENEN = "Kooperation zwischen Jugendhilfe und Jobcenter. Das Case-Management in Lünen"

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("demo")]


@pytest.fixture
def event(client):
    return document(client.get(EVENT))


# --- the page of the event --------------------------------------------------------------------------------------------


def test_the_page_shows_known_and_unknown_facts(event):
    title_block = elements(event, style="title-block")[0]

    assert texts(event, tag="h1") == ["Jobcenter, Arbeitsagentur und Sozialamt in der Präventionskette"]
    assert texts(event, style="title-block__derived") == ["Titel von der Redaktion ergänzt"]
    assert texts(title_block, tag="dt") == ["Wann", "Materialien", "Nicht bekannt"]
    assert texts(title_block, tag="dd") == [
        "Datum nicht bekannt",
        "2 Präsentationen",
        "Ort, Format",
    ]
    assert "Uhrzeiten nicht bekannt" in texts(event, style="quiet")


def test_the_programme_is_in_the_order_of_the_day(event):
    (programme,) = elements(event, tag="ol", style="programme")
    items = [child for child in programme.children if child.name == "li"]

    assert [text(elements(item, style="session__link")[0]) for item in items] == ["1", "2", "3", "4", "5"]
    assert [texts(item, style="session__title")[0] for item in items] == [
        "Begrüßung durch Marco Becker",
        TALK,
        "Fachvortrag von Prof. Dr. Stephan Grohs",
        "Drei Praxisforen",
        "Fachvortrag von Prof. Dr. Kai Marquardsen",
    ]


def test_each_item_shows_its_kind_and_its_known_times(event):
    assert texts(event, style="session__kind") == [
        "Begrüßung",
        "Fachvortrag",
        "Fachvortrag",
        "Diskussion im Anschluss an den Vortrag",
        "Forenphase Am Nachmittag · parallel",
        "Fachvortrag nach den Praxisforen",
    ]


def test_no_time_of_day_is_invented(event):
    assert elements(event, tag="time") == []
    assert re.findall(r"\d\d:\d\d", text(event)) == []


def test_the_discussion_is_nested_in_its_talk(event):
    items = [child for child in elements(event, tag="ol", style="programme")[0].children if child.name == "li"]
    inside = [elements(item, style="session__children") for item in items]

    assert [len(children) for children in inside] == [0, 0, 1, 0, 0]
    assert texts(inside[2][0], tag="h4") == ["Diskussion im Plenum"]


def test_three_forums_run_side_by_side_each_of_a_municipality_and_a_topic(event):
    (phase,) = elements(event, style="forums")

    assert texts(phase, style="forum__municipality") == ["Hamm", "Bielefeld", "Lünen"]
    assert texts(phase, style="forum__topic") == [HAMM, "JUGENDberufsagentur", LUENEN]
    assert texts(phase, style="speaker") == []
    assert texts(phase, style="forum__foot") == ["Präsentation: nicht bekannt Zum Praxisbeispiel"] * 3


def test_speakers_are_shown_with_title_and_affiliation_of_that_day(event):
    assert list(zip(texts(event, style="speaker__name"), texts(event, style="speaker__affiliation"), strict=True)) == [
        ("Marco Becker", "Ministerium für Kinder, Familie, Flüchtlinge und Integration des Landes NRW"),
        ("Prof. Dr. Matthias Knuth", KNUTH),
        ("Prof. Dr. Stephan Grohs", GROHS),
        ("Prof. Dr. Stephan Grohs", GROHS),
        ("Prof. Dr. Kai Marquardsen", MARQUARDSEN),
    ]


def test_attachments_state_what_exists(event):
    chips = [re.sub(r"\d+ kB", "… kB", chip) for chip in texts(event, style="chip")]
    knuth, grohs = "Präsentation von Prof. Dr. Matthias Knuth", "Präsentation von Prof. Dr. Stephan Grohs"

    assert chips == [
        f"{knuth} {knuth} herunterladen: PDF, 8 Seiten, … kB",
        "Video: nicht mehr vorhanden",
        f"{grohs} {grohs} herunterladen: PowerPoint, 10 Folien, … kB",
        "Präsentation: nicht bekannt",
        "Präsentation: nicht bekannt",
        "Präsentation: nicht bekannt",
        "Präsentation: nicht bekannt",
    ]


def test_the_attachments_of_the_event_are_listed_before_absent_ones(event):
    assert texts(event, style="attachment__title") == [TALK, "Fachvortrag von Prof. Dr. Stephan Grohs"]
    assert texts(elements(event, style="absences")[0], tag="li") == [
        f"{TALK} Video: nicht mehr vorhanden",
    ]
    assert "Nicht bekannt: 4 Präsentationen." in texts(event, tag="p")


def test_added_titles_are_marked_and_original_titles_are_not(event):
    """In the report only talk 1 and the three forums have titles."""
    assert len([mark for mark in texts(event, style="quiet") if mark == "Titel ergänzt"]) == 5
    marked = {session.slug for session in Session.objects.filter(event__slug=SLUG) if session.is_title_marked}
    assert marked == {
        "begruessung",
        "collaborative-governance",
        "diskussion-im-plenum",
        "praxisforen",
        "bildung-und-teilhabe",
    }


def test_the_results_of_the_closing_talk_can_be_read(event):
    (heading,) = elements(event, style="session__results")

    assert text(heading) == "Ergebnisse"
    lists = [len(texts(prose, tag="li")) for prose in elements(event, style="prose")]
    assert [length for length in lists if length] == [2]


def test_topics_are_grouped_by_kind(event):
    (topics,) = elements(event, style="topics")

    assert texts(topics, tag="dt") == ["Handlungsfeld", "Lebensphase", "Rechtskreis", "Zielgruppe"]
    assert texts(topics, tag="a") == [
        "Arbeit und Soziales",
        "Bildung und Teilhabe",
        "Kinder- und Jugendhilfe",
        "Steuerung und Kooperation",
        "Schule",
        "Übergang Schule und Beruf",
        "SGB II",
        "SGB III",
        "Fachkräfte",
        "Junge Menschen",
    ]


@pytest.mark.walk
def test_every_link_of_the_event_page_opens(event, client):
    inner = {link.partition("#")[0] for link in links(event)} - {""}
    assert len(inner) > 30

    for link in inner:
        response = client.get(link)
        assert response.status_code == 200, link
        body(response)


def test_every_fragment_link_has_its_target_on_the_page(event):
    places = {attribute(element, "id") for element in elements(event)}

    assert {link[1:] for link in links(event) if link.startswith("#")} - places == set()


def test_no_id_is_used_twice_on_the_page(event):
    ids = [attribute(element, "id") for element in elements(event) if attribute(element, "id")]

    assert len(ids) == len(set(ids))


# --- the objects behind it --------------------------------------------------------------------------------------------


def test_the_promised_addresses_exist(client):
    speakers = ["marco-becker", "matthias-knuth", "stephan-grohs", "kai-marquardsen"]
    municipalities = ["hamm", "bielefeld", "luenen"]
    pages = ["impressum", "datenschutz", "barrierefreiheit", "leichte-sprache", "barriere-melden"]

    for address in [
        EVENT,
        *(f"/personen/{slug}/" for slug in speakers),
        *(f"/kommunen/{slug}/" for slug in municipalities),
        *(f"/{slug}/" for slug in pages),
    ]:
        assert client.get(address).status_code == 200, address


def test_all_municipalities_and_districts_of_the_state_exist():
    kinds = {kind: Municipality.objects.filter(kind=kind).count() for kind in Municipality.Kind.values}

    assert sum(kinds.values()) == 427
    assert kinds["district"] == 31
    assert kinds["city"] == 22


def test_the_practice_examples_are_those_of_three_municipalities():
    real = PracticeExample.objects.published().filter(is_sample=False)
    found = {(example.municipalities.get().slug, example.title) for example in real}

    assert found == {("hamm", HAMM), ("bielefeld", "JUGENDberufsagentur"), ("luenen", LUENEN)}


def test_the_placeholder_is_marked_and_its_download_name_says_so(client):
    attachment = Attachment.objects.get(session__slug="aktivieren-oder-befaehigen", kind="slides")

    response = client.get(attachment.get_download_url())

    name = "Knuth_Praesentation_Aktivieren-oder-befaehigen.pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert b"Platzhalter" in body(response)
    assert attachment.stored_file.page_count == 8


def test_the_pages_of_the_placeholder_differ_and_have_outline_entries():
    with (FILES / "platzhalter-aktivieren-oder-befaehigen.pdf").open("rb") as file:
        found = pdf.read(file, "pdf", Limits())

    assert len({page.text for page in found.pages}) == 8
    assert [entry.page for entry in found.outline] == list(range(1, 9))
    assert all(
        entry.title in page.text.replace("\n", " ") for entry, page in zip(found.outline, found.pages, strict=True)
    )
    assert (found.is_tagged, found.has_headings) == (True, True)


def test_the_speaker_of_talk_and_discussion_has_two_appearances():
    assert Appearance.objects.filter(speaker__slug="stephan-grohs").count() == 2
    assert Speaker.objects.filter(is_sample=False).count() == 4


def test_the_programme_was_released_once():
    event = Event.objects.get(slug=SLUG)

    assert (event.current_release.number, event.current_release.note) == (1, "Nachträglich dokumentiert")


# --- the command ------------------------------------------------------------------------------------------------------


def rows() -> dict[str, list]:
    """All rows of the project's own models, without password hashes."""
    own = [model for model in apps.get_models() if model.__module__.split(".")[0] in {"events", "speakers", "practice"}]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in [*own, StoredFile]}


def test_loading_twice_changes_nothing():
    before, passwords = rows(), list(User.objects.order_by("pk").values_list("username", "password"))
    out = StringIO()

    call_command("demo", stdout=out)

    assert rows() == before
    assert list(User.objects.order_by("pk").values_list("username", "password")) == passwords
    assert out.getvalue() == (
        "Kommunen angelegt: 0. Treffen: schon da. Beispiele (3 Treffen, 12 Praxisbeispiele): schon da. "
        "Seiten veröffentlicht: 0.\n"
        f"Upload-Link für Vortragende: {invitations.address(Invitation.objects.get())}\n"
        "Konten: redaktion, freigabe, verwaltung. Passwort: unverändert\n"
    )


def test_loading_again_keeps_changes_by_editors():
    Event.objects.filter(slug=SLUG).update(title="Von Hand geändert")
    Municipality.objects.filter(slug="hamm").update(inhabitants=1)
    Speaker.objects.filter(slug="marco-becker").update(first_name="Markus")

    call_command("demo", stdout=StringIO())

    assert Event.objects.get(slug=SLUG).title == "Von Hand geändert"
    assert Municipality.objects.get(slug="hamm").inhabitants == 1
    assert Speaker.objects.get(slug="marco-becker").first_name == "Markus"


def test_the_accounts_belong_to_their_groups_and_nobody_is_superuser():
    users = {user.username: user for user in User.objects.all()}

    assert {name: list(user.groups.values_list("name", flat=True)) for name, user in users.items()} == {
        name: [group] for name, group in GROUPS.items()
    }
    assert [user.username for user in users.values() if user.is_superuser or not user.is_staff] == []


def test_a_generated_password_is_printed_once_and_works(demo):
    password = re.search(r"Passwort: (\S+) \(wird nur jetzt gezeigt\)", demo).group(1)

    assert len(password) >= 16
    assert [user.check_password(password) for user in User.objects.all()] == [True] * 3
