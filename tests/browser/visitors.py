"""A pool of browser contexts that tests reuse: cookies and storage are cleared, the cache is kept."""

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Request


class Visitors:
    """Hands out contexts; a new one costs a fifth of a second and has to load and compile every script again."""

    def __init__(self, create: Callable[[], BrowserContext]) -> None:
        self.create = create
        self.idle: list[BrowserContext] = []
        self.origins: set[str] = set()

    def take(self) -> BrowserContext:
        if self.idle:
            return self.idle.pop()
        context = self.create()
        context.on("request", self.note_origin)
        return context

    def note_origin(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme == "http":
            self.origins.add(f"http://{parts.netloc}")

    def give_back(self, context: BrowserContext) -> None:
        """Clears cookies, storage, permissions, routes and pages for the next test; init scripts cannot be removed."""
        for each in context.pages:
            each.close()  # first, because an open page can still store something
        page = context.new_page()
        session = context.new_cdp_session(page)
        for origin in self.origins:
            session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage,indexeddb"})
        page.close()
        context.clear_cookies()
        context.clear_permissions()
        context.set_offline(False)
        context.unroute_all()
        self.idle.append(context)
