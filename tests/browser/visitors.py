"""Browser contexts that tests take over from each other: emptied, but with what they have loaded and compiled."""

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Request


class Visitors:
    """A fresh context costs a fifth of a second and loads every script anew; these keep their cache, nothing else."""

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
        """Leaves no cookie, no storage, no permission, no window; scripts added to the context would stay."""
        for each in context.pages:
            each.close()  # first, as a page may store something until then
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
