"""What of the app can be found: the pages with an own address."""

from lernnetzwerk.pages.models import Page
from lernnetzwerk.search.sources import Entry, Source, Text, register
from lernnetzwerk.text.plain import plain


def entry(page: Page) -> Entry:
    address = page.get_absolute_url()
    if page.published_from is None:
        raise TypeError("A released page has a moment.")
    return Entry(
        title=page.title,
        address=address,
        visible_from=page.published_from,
        texts=[Text(plain(page.body), address)],
    )


register(Source(kind="page", label="Seite", plural="Seiten", model=Page, load=lambda rows: rows, entry=entry))
