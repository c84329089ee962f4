"""The server stops during a save or the page is reloaded while typing: no row is lost or duplicated."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.interaction import paste
from tests.browser.programme import TITLES, expect_message, open_empty, rows, save, write
from tests.browser.stages import EMPTY_EVENT
from tests.conftest import skip_or_fail
from tools import portal

SILENT = "Der Server antwortet gerade nicht. Ihre Eingaben sind auf diesem Gerät gesichert"
REFUSED = "ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|ERR_FAILED"
TABLE = (
    "09:30\tAnkommen und Kaffee\n10:00 – 10:15\tBegrüßung\n10.15 bis 11.00 Uhr\tWas Kinder trägt\n\n11:00\tForenphase\n"
)


@dataclass
class Server:
    """The portal's own server, which can be killed and comes back at the same address with the same database."""

    site: portal.Portal
    process: subprocess.Popen | None = None

    def start(self) -> None:
        words = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "lernnetzwerk.wsgi"]
        with (self.site.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(words, env=self.site.env, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + portal.TIMEOUT
        while not portal.answers(self.site.url):
            if self.process.poll() is not None or time.monotonic() > deadline:
                skip_or_fail(self.site.log())
            time.sleep(0.05)

    def kill(self) -> None:
        """As when the power goes: no request is finished."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def server(seeds, tmp_path) -> Iterator[Server]:
    folder = tmp_path / "portal"
    shutil.copytree(seeds / EMPTY_EVENT, folder)
    port = portal.free_port()
    url = f"http://127.0.0.1:{port}"
    env = {**portal.portal_environment(folder, url), "PORT": str(port), "BIND": f"127.0.0.1:{port}"}
    server = Server(portal.Portal(url, folder, Path(sys.executable), env))
    server.start()
    yield server
    server.kill()


class Wire:
    """What happens to a request for rows or to save them; nothing, unless a test sets `handle`.

    It is there before the page: Chromium lets a request through that comes right after it was asked to intercept.
    """

    def __init__(self) -> None:
        self.handle: Callable[[Route], None] = self.pass_on

    def meet(self, route: Route) -> None:
        self.handle(route)

    def pass_on(self, route: Route) -> None:
        route.continue_()


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def page(new_context, sign_in, server, wire) -> Page:
    """Signed in as `redaktion`, in the empty programme of a new event."""
    page = new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.route("**/zeilen/", wire.meet)
    sign_in(page, "redaktion", server.site)
    open_empty(page, server.site)
    return page


def expect_stored_once(page: Page, *titles: str) -> None:
    """After loading anew: these rows, nothing offered again, no second copy beside the programme."""
    page.reload()
    assert rows(page) == [(title, False) for title in titles]
    expect(page.locator(".programme-editor__message")).to_have_count(0)
    expect(page.locator(".programme-editor__unplaced")).to_be_hidden()


def test_rows_survive_a_server_killed_before_storing_them(page, server, tolerated):
    tolerated.append(REFUSED)
    write(page, "Begrüßung", "Vortrag im Gewitter")
    with closing(sqlite3.connect(server.site.folder / "db.sqlite3", isolation_level=None)) as other:
        other.execute("begin immediate")  # the save has to wait for this writer
        with page.expect_request("**/zeilen/"):
            page.keyboard.press("Control+s")
        server.kill()
        expect_message(page, SILENT)
    page.keyboard.press("Control+s")
    expect(page.locator(".programme-editor__state")).to_have_text(
        "Noch nicht gespeichert"
    )  # what is told is so already
    expect_message(page, SILENT)

    server.start()

    save(page)
    expect_stored_once(page, "Begrüßung", "Vortrag im Gewitter")


def test_rows_are_not_stored_twice_when_the_server_is_killed_after_storing(page, server, wire, tolerated):
    tolerated.extend([REFUSED, "status of 409"])
    write(page, "Begrüßung", "Vortrag im Gewitter")
    lose_the_answer(page, server, wire)
    page.keyboard.type(", zweiter Teil")

    server.start()

    save(page)
    expect_stored_once(page, "Begrüßung", "Vortrag im Gewitter, zweiter Teil")


def test_rows_stored_without_a_response_are_not_duplicated_after_a_reload(page, server, wire, tolerated):
    tolerated.extend([REFUSED, "status of 409"])
    write(page, "Begrüßung", "Vortrag im Gewitter")
    lose_the_answer(page, server, wire)
    write(page, "Und noch einer")
    server.start()

    page.reload()
    page.get_by_role("button", name="Wiederherstellen").click()
    page.keyboard.press("Control+s")
    page.get_by_role("button", name="Trotzdem meine speichern").click()
    expect_message(page, "Gespeichert.")

    expect_stored_once(page, "Begrüßung", "Vortrag im Gewitter", "Und noch einer")


def lose_the_answer(page: Page, server: Server, wire: Wire) -> None:
    """The server stores and answers, and is gone before the browser hears of it."""

    def swallow(route: Route) -> None:
        assert route.fetch().status == 200
        server.kill()
        route.abort()

    wire.handle = swallow
    page.keyboard.press("Control+s")
    expect_message(page, SILENT)
    wire.handle = wire.pass_on


def test_text_typed_during_a_save_stays_and_is_saved_once(page, wire):
    write(page, "Eins", "Zwei")

    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    wire.handle = hold
    with page.expect_request("**/zeilen/"):
        page.keyboard.press("Control+s")
    write(page, "Drei")
    held[0].continue_()
    expect_message(page, "Gespeichert. Was Sie währenddessen geändert haben, noch nicht")
    wire.handle = wire.pass_on
    assert rows(page) == [("Eins", False), ("Zwei", False), ("Drei", False)]
    expect(page.get_by_role("link", name="Formular von")).to_have_count(2)

    save(page)
    expect_stored_once(page, "Eins", "Zwei", "Drei")


def test_rows_survive_a_proxy_page_in_place_of_a_new_token(page, wire, tolerated):
    tolerated.append("status of 403")
    write(page, "Hinter dem Proxy getippt")

    def answer_like_a_proxy(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=403)
        else:
            route.fulfill(content_type="text/html", body="<!doctype html><title>Bitte warten</title>")

    wire.handle = answer_like_a_proxy
    page.keyboard.press("Control+s")
    expect_message(page, "Ihre Anmeldung ist abgelaufen. Ihre Eingaben bleiben erhalten:")
    wire.handle = wire.pass_on

    save(page)
    expect_stored_once(page, "Hinter dem Proxy getippt")


def test_undo_of_a_change_before_a_save_duplicates_nothing(page):
    write(page, "Eins", "Zwei")
    page.keyboard.press("Alt+ArrowUp")
    save(page)
    page.keyboard.press("Alt+z")
    assert rows(page) == [("Eins", False), ("Zwei", False)]

    save(page)

    expect_stored_once(page, "Eins", "Zwei")


def test_a_reload_while_typing_offers_all_typed_rows(page):
    write(page, "Begrüßung", "Forenphase", "Praxisforum Hamm")
    page.keyboard.press("Alt+ArrowRight")
    fields = {"begins_at": "10:15", "duration": "45", "room": "Saal 2"}
    for name, value in fields.items():
        page.locator(f".row [data-name={name}]").nth(2).fill(value)
    page.locator(".row [data-name=day_part]").nth(1).fill("Am Nachmittag")
    page.locator(".row [data-name=status]").nth(2).select_option("provisional")
    page.get_by_label("Unterpunkte laufen gleichzeitig").nth(1).check()
    page.locator(TITLES).nth(2).press("End")
    page.keyboard.type(" und ein halber Sa")

    page.reload()
    expect_message(page, "Auf diesem Gerät liegen Eingaben vom")
    page.get_by_role("button", name="Wiederherstellen").click()

    titles = [("Begrüßung", False), ("Forenphase", False), ("Praxisforum Hamm und ein halber Sa", True)]
    assert rows(page) == titles
    values = {name: page.locator(f".row [data-name={name}]").nth(2).input_value() for name in (*fields, "status")}
    assert values == {**fields, "status": "provisional"}
    expect(page.locator(".row [data-name=day_part]").nth(1)).to_have_value("Am Nachmittag")
    expect(page.get_by_label("Unterpunkte laufen gleichzeitig").nth(1)).to_be_checked()
    save(page)
    page.reload()
    assert rows(page) == titles


def test_a_pasted_table_becomes_rows_with_times(page):
    page.get_by_role("button", name="Neue Zeile").click()

    html = "".join(f"<tr><td>{line.replace(chr(9), '</td><td>')}</td></tr>" for line in TABLE.splitlines() if line)
    paste(page, TABLE, f"<table>{html}</table>")

    expect(page.locator(".row")).to_have_count(4)
    cells = [
        [page.locator(f".row [data-name={name}]").nth(place).input_value() for name in ("begins_at", "ends", "title")]
        for place in range(4)
    ]
    assert cells == [
        ["09:30", "10:00", "Ankommen und Kaffee"],
        ["10:00", "10:15", "Begrüßung"],
        ["10:15", "11:00", "Was Kinder trägt"],
        ["11:00", "", "Forenphase"],
    ]
    save(page)
