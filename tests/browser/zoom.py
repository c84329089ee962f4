"""Finds content lost at 200 % and 400 % zoom and with the text spacing of WCAG 1.4.12."""

from playwright.sync_api import Page

from tests.browser import layout

# 1280 × 1024 at 400 %, a small phone, 1280 × 1024 at 200 % and at 100 %.
WINDOWS = {"400 %": (320, 256), "phone": (320, 640), "200 %": (640, 512), "100 %": (1280, 1024)}
HARDEST = {"phone": WINDOWS["phone"]}


def lost(page: Page) -> list[tuple[str, str]]:
    return [*in_windows(page, WINDOWS), *spaced(page, WINDOWS)]


def spaced(page: Page, windows: dict[str, tuple[int, int]]) -> list[tuple[str, str]]:
    page.evaluate(layout.SPACED)
    result = [(f"{name}, spaced", loss) for name, loss in in_windows(page, windows)]
    page.evaluate(layout.PLAIN)
    return result


def in_windows(page: Page, windows: dict[str, tuple[int, int]]) -> list[tuple[str, str]]:
    result = []
    for name, (width, height) in windows.items():
        page.set_viewport_size({"width": width, "height": height})
        result += [(name, loss) for loss in page.evaluate(layout.PROBLEMS, layout.MAY_BE_CUT)]
    return result
