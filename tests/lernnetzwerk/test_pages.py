import pytest
from django.core.cache import caches

from lernnetzwerk.pages.defaults import create_missing_pages
from lernnetzwerk.pages.models import Address, Page
from lernnetzwerk.visibility.models import publish
from tests.administration import address, complaints, fill, from_list, nothing_changes, signed_in
from tests.factories import DRAFT, make_event, make_file, make_page
from tests.files.samples import webm
from tests.reading import attribute, body, document, elements, links, text, texts

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

TITLES = {
    "impressum": "Impressum",
    "datenschutz": "Datenschutz",
    "barrierefreiheit": "Erklärung zur Barrierefreiheit",
    "leichte-sprache": "Leichte Sprache",
    "gebaerdensprache": "Gebärdensprache",
    "kontakt": "Kontakt",
    "barriere-melden": "Barriere melden",
}
ON_HOME = {"startseite": "Was ist das Lernnetzwerk?"}


def test_the_legally_required_pages_exist_as_drafts():
    pages = {page.slug: page for page in Page.objects.all()}

    assert {slug: page.title for slug, page in pages.items()} == TITLES | ON_HOME
    assert {page.state for page in pages.values()} == {"draft"}
    assert [slug for slug, page in pages.items() if not page.body.strip()] == []


def test_migrating_again_keeps_edited_pages_and_restores_missing_ones():
    make_page("impressum", title="Unser Impressum", body="<p>von Hand</p>")
    Page.objects.get(slug="datenschutz").delete()

    create_missing_pages()

    assert Page.objects.get(slug="impressum").body == "<p>von Hand</p>"
    assert Page.objects.get(slug="datenschutz").state == "draft"
    assert Page.objects.count() == len(Address)


@pytest.mark.parametrize("slug", TITLES)
def test_a_page_shows_title_and_text(client, slug):
    page = make_page(slug, title=TITLES[slug], body="<h2>Wer</h2><p>Das <strong>Netzwerk</strong>.</p>")

    drawn = document(client.get(page.get_absolute_url()))

    assert page.get_absolute_url() == f"/{slug}/"
    assert texts(drawn, tag="h1") == [TITLES[slug]]
    assert texts(drawn, style="prose") == ["Wer Das Netzwerk ."]


def test_every_page_links_to_the_legally_required_pages(client):
    for path in ("/", "/veranstaltungen/", "/gibt-es-nicht/", "/?a=%00"):
        found = {link.partition("?")[0] for link in links(document(client.get(path)))}
        assert {f"/{slug}/" for slug in TITLES} <= found, path


def test_the_home_page_describes_the_network_once_that_text_is_published(client):
    assert "netzwerk" not in {attribute(each, "id") for each in elements(document(client.get("/")), tag="h2")}

    page = make_page("startseite", title="Was ist das?", body="<p>Ein <strong>Netz</strong>.</p>")

    (about,) = elements(document(client.get("/")), style="about")
    assert text(about) == "Was ist das? Ein Netz ."
    assert page.get_absolute_url() == "/"
    assert client.get("/startseite/").status_code == 404


# --- contact ----------------------------------------------------------------------------------------------------------

MAILBOX = "kontakt@lernnetzwerk.example"


@pytest.mark.parametrize("path", ["/", "/kommunen/", "/gibt-es-nicht/", "/?a=%00"])
def test_the_footer_of_every_page_names_the_mailbox_once_it_is_set(client, settings, path):
    settings.CONTACT_EMAIL = ""
    assert "mailto:" not in client.get(path).content.decode()

    settings.CONTACT_EMAIL = MAILBOX
    caches["pages"].clear()  # as the restart that a new setting needs
    (footer,) = elements(document(client.get(path)), tag="footer")
    assert f"mailto:{MAILBOX}" in links(footer)


def test_the_impressum_shows_the_contact_as_soon_as_it_is_published(client, settings):
    settings.CONTACT_EMAIL = MAILBOX
    make_page("impressum", title="Impressum", body="<p>Anbieter.</p>")
    make_page("kontakt", title="Kontakt", body="<p>Musterstraße 1.</p>", **DRAFT)

    assert texts(document(client.get("/impressum/")), style="prose") == [f"Anbieter. E-Mail: {MAILBOX}"]

    publish(Page.objects.filter(slug="kontakt"))
    shown = f"Musterstraße 1. E-Mail: {MAILBOX}"
    assert texts(document(client.get("/impressum/")), style="prose") == [f"Anbieter. Kontakt {shown}"]
    assert texts(document(client.get("/kontakt/")), style="prose") == [shown]
    assert MAILBOX not in texts(document(client.get("/kontakt/")), tag="p")[0]


# --- sign language ----------------------------------------------------------------------------------------------------


def film():
    return make_file(webm(), "dgs.webm", media_type="video/webm")


def test_the_page_in_sign_language_plays_its_video(client):
    page = make_page("gebaerdensprache", video=film())

    (video,) = elements(document(client.get("/gebaerdensprache/")), tag="video")

    assert attribute(video, "src") == "video"
    assert body(client.get("/gebaerdensprache/video")) == webm()
    assert client.get("/impressum/video").status_code == 404
    make_page("gebaerdensprache", video=page.video, **DRAFT)
    assert client.get("/gebaerdensprache/video").status_code == 404
    preview = signed_in("redaktion").get(f"{address(page, 'vorschau')}video")
    assert body(preview) == webm()


# --- what is still open -----------------------------------------------------------------------------------------------

OPEN = "<p>Anbieter: [Bitte ergänzen: Name der Stelle]</p>"
REFUSAL = "„{}“ ist noch unvollständig. Bitte ergänzen: {}."


def by_button(client, page):
    return fill(client, address(page, "veroeffentlichen"))


def at_a_moment(client, page):
    return fill(client, address(page, "veroeffentlichen"), published_from="2090-01-01T10:00")


def from_the_list(client, page):
    return from_list(client, Page, "publish_selected", [page.pk])


@pytest.mark.parametrize("way", [by_button, at_a_moment, from_the_list])
@pytest.mark.parametrize(
    ("slug", "text", "point"),
    [("impressum", OPEN, "Name der Stelle"), ("gebaerdensprache", "", "Video in Gebärdensprache")],
)
def test_an_incomplete_page_is_published_in_no_way(way, slug, text, point):
    page, client = make_page(slug, title="Seite", body=text, **DRAFT), signed_in("freigabe")

    with nothing_changes():
        response = way(client, page)

    assert REFUSAL.format("Seite", point) in response.content.decode()


def test_a_public_page_cannot_be_saved_with_a_placeholder():
    page, client = make_page("impressum"), signed_in("freigabe")

    with nothing_changes():
        response = fill(client, address(page), body=OPEN)

    assert complaints(response) == [REFUSAL.format("Seite", "Name der Stelle")]


def test_placeholders_in_other_texts_are_refused_too():
    event, client = make_event(title="Treffen", summary="[Bitte ergänzen]", **DRAFT), signed_in("freigabe")

    with nothing_changes():
        response = by_button(client, event)

    assert REFUSAL.format("Treffen", "Text") in response.content.decode()


def test_what_pages_need_stands_in_the_list_of_missing_information(settings):
    settings.CONTACT_EMAIL = ""
    Page.objects.exclude(slug__in=["impressum", "gebaerdensprache", "kontakt"]).delete()
    make_page("impressum", title="Impressum", body=OPEN + "<p>[Bitte ergänzen: Ort]</p>" * 4, **DRAFT)
    make_page("kontakt", title="Kontakt", **DRAFT)

    page = document(signed_in("freigabe").get("/verwaltung/was-fehlt/"))

    assert [words for words in texts(page, tag="li") if "Noch zu ergänzen" in words or "CONTACT_EMAIL" in words] == [
        "Gebärdensprache Noch zu ergänzen: Video in Gebärdensprache.",
        "Impressum Noch zu ergänzen: Name der Stelle; Ort; Ort und 2 weitere.",
        "Kontakt Der Betrieb trägt sie als CONTACT_EMAIL in die Einstellungen ein.",
    ]
