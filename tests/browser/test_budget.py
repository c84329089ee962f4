"""How much the first visit of a meeting costs on a phone in the train."""

from playwright.sync_api import CDPSession, Page

from tests.browser.pages import MEETING

BYTES = 110_000
REQUESTS = 12


def test_the_first_load_of_the_meeting_is_small(new_context, record_property):
    context = new_context()
    page = context.new_page()
    sizes = weigh(context.new_cdp_session(page), page)

    page.goto(MEETING, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")

    record_property("first_load_bytes", sum(sizes.values()))
    record_property("first_load_requests", len(sizes))
    assert len(page.evaluate("[...document.fonts].filter(font => font.status === 'loaded')")) >= 2, "fonts count too"
    assert all(sizes.values()), "a request has not ended"
    assert sum(sizes.values()) <= BYTES, sizes
    assert len(sizes) <= REQUESTS, sizes


def weigh(session: CDPSession, page: Page) -> dict[str, int]:
    """Bytes on the wire, headers included, by request; filled while the page loads."""
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def note_begin(event: dict) -> None:
        address = event["request"]["url"]
        if not address.startswith("data:"):
            addresses[event["requestId"]] = address
            sizes[address] = 0

    def note_end(event: dict) -> None:
        if event["requestId"] in addresses:
            sizes[addresses[event["requestId"]]] += int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", note_begin)
    session.on("Network.loadingFinished", note_end)
    session.send("Network.enable")
    return sizes
