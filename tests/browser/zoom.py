"""What a page loses when text grows: at 200 %, at 400 % and with the spacing that WCAG 1.4.12 asks for."""

from playwright.sync_api import Page

from tests.browser import losses

# 1280 × 1024 at 400 % and at 200 %, a small phone, and a wide window, where only the spacing is new.
WINDOWS = {"400 %": (320, 256), "phone": (320, 640), "200 %": (640, 512), "100 %": (1280, 1024)}
HARDEST = {"phone": WINDOWS["phone"]}


def lost(page: Page) -> list[tuple[str, str]]:
    return [*in_windows(page, WINDOWS), *spaced(page, WINDOWS)]


def spaced(page: Page, windows: dict[str, tuple[int, int]]) -> list[tuple[str, str]]:
    page.evaluate(losses.SPACED)
    result = [(f"{name}, spaced", loss) for name, loss in in_windows(page, windows)]
    page.evaluate(losses.PLAIN)
    return result


def in_windows(page: Page, windows: dict[str, tuple[int, int]]) -> list[tuple[str, str]]:
    result = []
    for name, (width, height) in windows.items():
        page.set_viewport_size({"width": width, "height": height})
        result += [(name, loss) for loss in page.evaluate(losses.LOSSES, losses.MAY_BE_CUT)]
    return result
