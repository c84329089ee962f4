"""Completes and publishes the fixed pages: the demo's words stand in place of the placeholders."""

from events.demo.content import page_texts, stored
from lernnetzwerk.pages.models import Address, Page
from lernnetzwerk.visibility.models import State, publish
from lernnetzwerk.visibility.placeholders import PLACEHOLDER

SIGN_LANGUAGE_VIDEO = "platzhalter.webm"


def load_pages() -> int:
    """Publishes the pages that are still drafts; returns how many. What editors have completed stays as it is."""
    drafts = list(Page.objects.filter(state=State.DRAFT))
    for page in drafts:
        _complete(page)
        page.save()
    return publish(drafts)


def _complete(page: Page) -> None:
    words = iter(page_texts().get(page.slug, []))
    page.body = PLACEHOLDER.sub(lambda found: next(words, "Beispiel"), page.body)  # type: ignore[assignment]
    if page.slug == Address.SIGN_LANGUAGE and page.video is None:
        page.video = stored(SIGN_LANGUAGE_VIDEO)
