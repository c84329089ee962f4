"""Kills the server (kill -9) during uploads and saves; everything that it confirmed must exist and be intact."""

import hashlib
import http.client
import random
import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path

from soak.server import Server, prepared
from soak.visitor import Form, Visitor
from tools.portal import PASSWORD
from tools.steps import StepFailed

KILLS = 200
LONGEST = 4.0  # seconds from the first request, or the first answer, to the kill
FIELD, FORM = "subtitle", "session_form"
# Occurs only in comments of the PDF; replaced by a number it gives each upload a different content of the same length.
NAME = b"ReportLab"
TIMEOUT = 20  # seconds for the first answer
BROKEN = (OSError, http.client.HTTPException)  # what a client sees of a killed server


class Clients:
    """Two clients, one uploading and one saving, and what the server has confirmed to them."""

    def __init__(self, server: Server, form: str) -> None:
        self.server, self.form = server, form
        self.uploads: list[str] = []
        self.saves = 0
        self.answered = self.tried = "0"
        self.problems: list[str] = []
        self.numbers = count(1)
        self.has_answered = threading.Event()  # set by the first confirmed upload since the last kill
        self.editor = Visitor(server.url)

    def upload(self, link: str, document: bytes) -> None:
        """Uploads different files until the link is full or the server is killed."""
        visitor = Visitor(self.server.url)
        visitor.get(link)
        while True:
            content = document.replace(NAME, f"{next(self.numbers):09}".encode())
            answer = visitor.upload(link, "folien.pdf", content)
            if answer.status == 422 and "höchstens" in answer.body:
                return  # the link is full
            if answer.status != 302:
                raise StepFailed(f"An upload answered {answer.status}.", answer.body)
            self.uploads.append(hashlib.sha256(content).hexdigest())
            self.has_answered.set()

    def save(self) -> None:
        """Saves the session with a new number in FIELD again and again until the server is killed."""
        while True:
            self.tried = str(next(self.numbers))
            answer = self.editor.post(self.form, [*self.read().changed(FIELD, self.tried), ("_continue", "1")])
            if answer.status != 302:
                raise StepFailed(f"A save answered {answer.status}.", answer.body)
            self.answered = self.tried
            self.saves += 1

    def read(self) -> Form:
        return Form(self.editor.get(self.form).body, FORM)

    def compare(self) -> None:
        """Checks the stored number after a kill: the last confirmed one, or the one that was being saved."""
        shown = self.read().value(FIELD)
        if self.saves and shown not in (self.answered, self.tried):
            self.problems.append(f"{shown!r} is stored, {self.answered!r} was answered")
        self.answered = shown


def run(python: Path, factor: float) -> str:
    kills = max(2, round(KILLS * factor))
    with prepared(python) as server:
        server.call_shell(f"make_documents({str(server.folder)!r})")
        document = (server.folder / "gut.pdf").read_bytes()
        made = server.call_shell(f"make_links({kills}, 200)")
        clients = Clients(server, made["form"])
        with server.running():
            clients.editor.sign_in("freigabe", PASSWORD)
        moments = random.Random(kills)  # noqa: S311  # the same moments each time
        for place, link in enumerate(made["links"]):
            kill_once(server, clients, link, document, moments.uniform(0, LONGEST), waits=place % 2 == 1)
        with server.running():
            clients.compare()
        return check(server, clients, kills)


def kill_once(server: Server, clients: Clients, link: str, document: bytes, moment: float, *, waits: bool) -> None:
    """Kills the server after that delay; with `waits` the delay starts at the first answered upload."""
    with server.running():
        clients.compare()
        clients.has_answered.clear()
        actions = [lambda: clients.upload(link, document), clients.save]
        threads = [threading.Thread(target=run_until_killed, args=[work, clients]) for work in actions]
        for thread in threads:
            thread.start()
        if waits:
            clients.has_answered.wait(TIMEOUT)
        threads[0].join(moment)
        server.kill()
        for thread in threads:
            thread.join()


def run_until_killed(work: Callable[[], None], clients: Clients) -> None:
    try:
        work()
    except BROKEN:
        pass
    except StepFailed as failure:
        clients.problems.append(f"{failure} {failure.log[:500]}")


def check(server: Server, clients: Clients, kills: int) -> str:
    there = set(server.call_shell("handed_in()")["hashes"])
    lost = [digest for digest in clients.uploads if digest not in there]
    report = server.site.manage("check_consistency").strip().splitlines()[-1]  # StepFailed when something is damaged
    if lost or clients.problems:
        raise StepFailed(f"{len(lost)} answered uploads are lost.", "\n".join([*lost, *clients.problems]))
    if not clients.uploads or not clients.saves:
        raise StepFailed("No upload or no save was ever answered: nothing is proven.", server.log)
    return f"{kills} kills, {len(clients.uploads)} uploads and {clients.saves} saves answered, none lost; {report}"
