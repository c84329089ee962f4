"""Hints for editors on formatted text; they never prevent saving."""

import pytest
from django.apps import apps
from django.contrib import admin

from events.models import Event
from lernnetzwerk.administration.permissions import EditorialAdmin
from lernnetzwerk.pages.models import Page
from lernnetzwerk.text.prose_hints import hints, hints_by_field
from lernnetzwerk.text.richtext import RichTextField
from speakers.models import Speaker
from tests.administration import address, fill, sign_in
from tests.factories import DRAFT, make_event, make_page, make_session, make_speaker, rewrite
from tests.reading import document, elements, texts

VAGUE = (
    "Der Linktext „{}“ nennt kein Ziel. Besser ist ein Text, der allein verständlich ist, zum "
    "Beispiel „Anmeldung zum Treffen in Hamm“."
)
BARE = (
    "Als Linktext steht dort eine Adresse: „{}“. Vorgelesen wird sie Zeichen für Zeichen; besser ist der Name der "
    "Seite."
)
NOT_ALLOWED = (
    "Der Link „{}“ ist fehlerhaft: Seine Adresse fehlt oder ist nicht erlaubt. Erlaubt sind https, http, mailto "
    "und tel."
)
JUMP = "Die Überschrift „{}“ (Ebene {}) überspringt eine Ebene: Davor fehlt eine der Ebene {}."


def link(text: str, to: str = "https://ort.example/") -> str:
    return f'<p>Siehe <a href="{to}">{text}</a>.</p>'


@pytest.mark.parametrize(
    "text", ["hier", "Hier", "HIER", " hier ", "hier…", "»hier«", "Klicken Sie hier!", "mehr", "Mehr …", "Link", "PDF"]
)
def test_a_link_with_a_meaningless_text_gives_a_hint(text):
    assert hints(link(text)) == [VAGUE.format(" ".join(text.split()))]


def test_markup_within_a_link_does_not_hide_it():
    assert hints(link("<strong>hi</strong>er")) == [VAGUE.format("hier")]


@pytest.mark.parametrize(
    "text", ["https://ort.example/a?b=c", "http://ort.example", "www.hamm.de", "hamm.de", "HTTPS://ORT.EXAMPLE"]
)
def test_an_address_as_link_text_gives_a_hint(text):
    assert hints(link(text)) == [BARE.format(text)]


@pytest.mark.parametrize(
    "text",
    ["Stadt Hamm", "Hier wohnt der Besuchsdienst", "Mehr Zeit für Kinder", "Programm (PDF)", "SGB II", "z. B. Hamm"],
)
def test_a_link_with_a_descriptive_text_gives_no_hint(text):
    assert hints(link(text)) == []


@pytest.mark.parametrize(
    "to", ["http://ort.example", "https://ort.example/", "mailto:a@ort.example", "tel:+49", "/praxis/"]
)
def test_valid_addresses_give_no_hint(to):
    assert hints(link("Stadt Hamm", to)) == []


def test_a_mail_address_may_be_its_own_text():
    assert hints(link("jugendamt@ort.example", "mailto:jugendamt@ort.example")) == []


@pytest.mark.parametrize(
    "to",
    [
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///C:/x",
        "ftp://x",
        "#top",
    ],
)
def test_a_forbidden_address_is_removed_and_gives_a_hint(to):
    left = Event._meta.get_field("review").clean(link("Stadt Hamm", to), Event())

    assert "script" not in left
    expected = "Der Link „Stadt Hamm“ ist fehlerhaft: Er zielt auf eine Textmarke, die es hier nicht gibt."
    assert hints(left) == [expected if to == "#top" else NOT_ALLOWED.format("Stadt Hamm")]


@pytest.mark.parametrize("to", ["www.hamm.de", "hamm.de/seite", "jugendamt@hamm.de"])
def test_an_address_without_a_scheme_gives_a_hint(to):
    (said,) = hints(link("Stadt Hamm", to))

    assert said == (
        f"Der Link „Stadt Hamm“ ist fehlerhaft: Die Adresse „{to}“ ist unvollständig. Vorn fehlt https:// oder bei "
        "E-Mail mailto:."
    )


@pytest.mark.parametrize(
    ("html", "highest", "said"),
    [
        ("<h3>A</h3><h4>B</h4><h4>C</h4><h3>D</h3><h4>E</h4>", 3, []),
        ("<h4>B</h4><h3>A</h3>", 3, [("B", 4, 3)]),
        ("<h2>A</h2><h4>B</h4>", 2, [("B", 4, 3)]),
        ("<h2>A</h2><h3>B</h3>", 2, []),
        ("<h3>B</h3>", 2, [("B", 3, 2)]),
        ("<p>nichts</p>", 3, []),
    ],
)
def test_headings_that_skip_a_level_give_a_hint(html, highest, said):
    assert hints(html, highest) == [JUMP.format(*one) for one in said]


def test_equal_hints_are_given_once_and_shortened():
    long = "sehr lange Überschrift " * 20

    assert hints(link("hier") * 5) == [VAGUE.format("hier")]
    assert len(hints(f"<h4>{long}</h4>")[0]) < 260


@pytest.mark.parametrize("html", ["", "<", "<a", "<a href=", "</a></h3>", "<h3><a>", "\x00", "&", "<a>" * 50_000])
def test_broken_html_causes_no_error(html):
    assert isinstance(hints(html), list)


# --- in the administration --------------------------------------------------------------------------------------------

with_database = pytest.mark.django_db


def messages_on(response) -> list[str]:
    return [str(message) for message in response.context["messages"] if message.level_tag == "warning"]


@with_database
def test_hints_do_not_prevent_saving_and_are_shown_at_the_field(client):
    instance = make_event(**DRAFT)
    sign_in(client, "redaktion")

    answer = fill(client, address(instance), review=link("hier"), _continue="ja")
    response = client.get(answer["Location"])

    instance.refresh_from_db()
    assert instance.review == link("hier")
    assert messages_on(response) == [f"Gespeichert. Ein Hinweis zu „Rückblick“: {VAGUE.format('hier')}"]
    (box,) = elements(document(response), style="prose-hints")
    assert texts(box, tag="li") == [VAGUE.format("hier")]
    assert messages_on(client.get(address(instance))) == []


@with_database
def test_hints_of_an_unchanged_field_are_not_repeated(client):
    instance = make_event(review=link("hier"), **DRAFT)
    sign_in(client, "redaktion")

    fill(client, address(instance), motto="Neu", _continue="ja")

    assert messages_on(client.get(address(instance))) == []
    assert len(elements(document(client.get(address(instance))), style="prose-hints")) == 1


@with_database
def test_a_new_event_gets_hints_as_well(client):
    sign_in(client, "redaktion")

    response = fill(client, address(Speaker, "add"), last_name="Weber", biography=link("mehr"))

    assert messages_on(client.get(response["Location"])) == [
        f"Gespeichert. Ein Hinweis zu „Zur Person“: {VAGUE.format('mehr')}"
    ]


@with_database
def test_at_most_three_hints_are_shown_and_the_others_are_counted(client):
    instance = make_page(**DRAFT)
    sign_in(client, "redaktion")

    answer = fill(
        client, address(instance), body="".join(link(word) for word in ("hier", "mehr", "Link", "PDF", "dort"))
    )
    (said,) = messages_on(client.get(answer["Location"]))

    assert said.startswith(f"Gespeichert. Hinweise zu „Text“: {VAGUE.format('hier')} ")
    assert said.count("nennt kein Ziel") == 3
    assert said.endswith(" Dazu 2 weitere Hinweise neben dem Feld.")


@with_database
def test_hostile_text_in_a_hint_stays_text(client):
    evil = "&lt;script&gt;alert(1)&lt;/script&gt;"
    instance = rewrite(make_event(**DRAFT), review=f'<h4>{evil}</h4><a href="{evil}">x</a>')
    sign_in(client, "redaktion")

    page = client.get(address(instance)).content.decode()

    assert "<script>alert" not in page
    assert "prose-hints" in page


@with_database
def test_each_field_has_its_own_first_heading_level():
    assert hints_by_field(make_page(body="<h2>A</h2>")) == {}
    assert hints_by_field(make_page(body="<h3>A</h3>")) == {"body": [JUMP.format("A", 3, 2)]}
    assert hints_by_field(make_event(review="<h3>A</h3>")) == {}


@with_database
def test_every_formatted_field_is_checked():
    """All admin forms of formatted fields inherit from the form with the hints."""
    owners = {model for model in apps.get_models() if any(isinstance(f, RichTextField) for f in model._meta.fields)}

    assert Event in owners
    assert Page in owners
    assert {model for model in owners if not isinstance(admin.site.get_model_admin(model), EditorialAdmin)} == set()
    for instance in (make_event(), make_session(), make_speaker(), make_page()):
        names = [field.name for field in instance._meta.fields if isinstance(field, RichTextField)]
        assert list(hints_by_field(rewrite(instance, **dict.fromkeys(names, link("hier"))))) == names
