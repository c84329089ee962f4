import pytest

from lernnetzwerk.pages.defaults import create_missing_pages
from lernnetzwerk.pages.models import Address, Page
from tests.factories import make_page
from tests.reading import attribute, document, elements, links, text, texts

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

TITLES = {
    "impressum": "Impressum",
    "datenschutz": "Datenschutz",
    "barrierefreiheit": "Erklärung zur Barrierefreiheit",
    "leichte-sprache": "Leichte Sprache",
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
    for address in ("/", "/veranstaltungen/", "/gibt-es-nicht/", "/?a=%00"):
        found = {link.partition("?")[0] for link in links(document(client.get(address)))}
        assert {f"/{slug}/" for slug in TITLES} <= found, address


def test_the_home_page_describes_the_network_once_that_text_is_published(client):
    assert "netzwerk" not in {attribute(each, "id") for each in elements(document(client.get("/")), tag="h2")}

    page = make_page("startseite", title="Was ist das?", body="<p>Ein <strong>Netz</strong>.</p>")

    (about,) = elements(document(client.get("/")), style="about")
    assert text(about) == "Was ist das? Ein Netz ."
    assert page.get_absolute_url() == "/"
    assert client.get("/startseite/").status_code == 404
