"""The head of every page: unique title, description, Open Graph data; and its breadcrumb."""

import re
from collections import Counter

import pytest
from django.template import Context, Template

from tests.factories import (
    make_attachment,
    make_event,
    make_example,
    make_file,
    make_municipality,
    make_page,
    make_picture,
    make_series,
    make_session,
    make_topic,
    make_visible_session,
    make_visible_speaker,
)
from tests.reading import attribute, document, elements, links, text, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages() -> list[str]:
    """Addresses of all kinds of pages; events, sessions and attachments are pairs that are as similar as possible."""
    series = make_series(name="Lernnetzwerktreffen")
    events = [make_event(title="", series=series, starts_on=f"20{year}-05-01") for year in (18, 19)]
    sessions = [make_visible_session(event, title="Begrüßung", kind="welcome") for event in events]
    attachments = [make_attachment(session=session, stored_file=make_file()) for session in sessions]
    speaker, municipality, topic = make_visible_speaker(), make_municipality(), make_topic()
    instances = [series, *events, *sessions, *attachments, make_example(), speaker, municipality, topic, make_page()]
    lists = ["/", "/veranstaltungen/", "/materialien/", "/personen/", "/kommunen/", "/praxis/", "/themen/"]
    return [*lists, *(instance.get_absolute_url() for instance in instances)]


def meta(page, name: str) -> list[str]:
    return [attribute(each, "content") for each in elements(page, tag="meta") if name in dict(each.attributes).values()]


def test_every_page_has_one_heading_and_a_title_and_description_of_its_own(client, pages):
    titles, descriptions, addresses = Counter(), Counter(), Counter()
    for address in pages:
        page = document(client.get(address))
        assert len(elements(page, tag="h1")) == 1, address
        titles.update(texts(elements(page, tag="head")[0], tag="title"))
        descriptions.update(meta(page, "description"))
        addresses.update(meta(page, "og:url"))

    assert [title for title, number in titles.items() if number > 1] == []
    assert [words for words, number in descriptions.items() if number > 1] == []
    assert len(titles) == len(descriptions) == len(pages)
    assert sorted(addresses) == sorted(f"http://testserver{address}" for address in pages)


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = "http://testserver"


def test_every_page_but_home_has_breadcrumbs(client, pages):
    for address in pages[1:]:
        (way,) = elements(document(client.get(address)), style="breadcrumb")
        assert links(way)[0] == "/", address
        assert len([step for step in elements(way, tag="li") if attribute(step, "aria-current") == "page"]) == 1


def test_the_breadcrumbs_of_a_session_contain_its_event(client):
    session = make_visible_session(make_event(title="Treffen"), title="Vortrag")

    (way,) = elements(document(client.get(session.get_absolute_url())), style="breadcrumb")

    assert text(way) == "Startseite Treffen Treffen Vortrag"
    assert links(way) == ["/", "/veranstaltungen/", "/veranstaltungen/treffen/"]


def test_an_event_has_its_own_social_picture_and_other_pages_a_common_one(client):
    event = make_event(image=make_picture(), image_alt="Saal")

    assert meta(document(client.get(event.get_absolute_url())), "og:image") == [
        f"http://testserver{event.get_absolute_url()}bild"
    ]
    (ours,) = meta(document(client.get("/")), "og:image")
    assert re.fullmatch(r"http://testserver/static/lernnetzwerk/social(\.\w+)?\.png", ours)


def test_filtered_lists_are_not_indexed(client):
    assert meta(document(client.get("/veranstaltungen/")), "robots") == []
    assert meta(document(client.get("/veranstaltungen/?jahr=2018")), "robots") == ["noindex"]


def test_markup_in_a_title_or_text_does_not_become_markup(client):
    event = make_event(title='<b>"Fett"</b>', summary='<script>alert(1)</script> "Zitat"')

    page = client.get(event.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert '<meta property="og:title" content="&lt;b&gt;&quot;Fett&quot;&lt;/b&gt;">' in page


@pytest.mark.parametrize(
    ("language", "attribute_"),
    [("en", ' lang="en"'), ("fr", ' lang="fr"'), ("de", ""), ("", ""), ('x" onload="', "")],
)
def test_text_in_another_language_is_marked(language, attribute_):
    template = Template("{% load site %}<a{{ language|lang }}>")

    assert template.render(Context({"language": language})) == f"<a{attribute_}>"


def test_text_over_several_lines_is_joined():
    template = Template("{% load site %}{% words as lead %}\n  Was {{ who }}\n  zeigen\n{% endwords %}{{ lead }}")

    assert template.render(Context({"who": "<b>wir</b>"})) == "Was &lt;b&gt;wir&lt;/b&gt; zeigen"


def test_an_english_title_is_marked_and_a_derived_one_is_not(client):
    event = make_event()
    titled, derived = (
        make_session(event, title="Early years", language="en"),
        make_session(event, title="", language="en"),
    )
    make_visible_session(event)

    page = document(client.get(event.get_absolute_url()))

    marked = [text(link) for link in elements(page, tag="a") if attribute(link, "lang") == "en"]
    assert marked == [titled.name]
    assert derived.name in texts(page, tag="a")


BLOCKS = (
    "<h2>Wer</h2><p>Wir<br>alle</p><ul><li>eins</li><li>zwei</li></ul><blockquote><p>Zitat</p></blockquote><p>Ende</p>"
)


@pytest.mark.parametrize(
    ("make", "fields"),
    [
        (make_page, {"body": BLOCKS}),
        (make_visible_session, {"abstract": BLOCKS}),
    ],
    ids=["page", "session"],
)
def test_a_description_joins_no_words_of_two_blocks(client, make, fields):
    page = document(client.get(make(**fields).get_absolute_url()))

    for words in meta(page, "description") + meta(page, "og:description"):
        assert not re.search(r"[a-zäöü][A-ZÄÖÜ]|\balleeins|einszwei|Wiralle", words), words


def test_a_description_shows_no_placeholder(client):
    page = make_page(body="<p>Von [Bitte ergänzen: Name der Stelle] für alle.</p>")

    assert meta(document(client.get(page.get_absolute_url())), "description") == ["Von für alle."]
