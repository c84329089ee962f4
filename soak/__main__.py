import http.client
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from soak import counted, files
from soak.editor import Editor, Form
from soak.server import Server
from tools import environment, frontend, portal
from tools.steps import StepFailed, command, step

FLAT = 64  # MB a server may grow while a large file passes
MEETING = "SELECT min(id) FROM events_event"
SESSION = "SELECT min(id) FROM events_session"


def main() -> None:
    python = environment.ensure(".venv", "production")
    frontend.build()
    chosen = sys.argv[1:] or list(RUNS)
    with tempfile.TemporaryDirectory(prefix="lernnetzwerk-soak-") as folder:
        seeded = Path(folder) / "seed"
        with step("Preparing a portal with the demo content"):
            portal.seed(seeded, python)
            frontend.collect(python, portal.portal_environment(seeded, "http://127.0.0.1"))
        for name in chosen:
            own = Path(folder) / name
            shutil.copytree(seeded, own)
            print(f"  {name}: {RUNS[name](own, python)}", flush=True)
            shutil.rmtree(own)


def large_file(folder: Path, python: Path) -> str:
    """Up and down again; the server must not grow with it."""
    megabytes = counted(500)
    with Server(folder, python, FILES_MAX_MEGABYTES="1000") as server:
        editor = Editor(server.port).sign_in()
        meeting = f"/verwaltung/events/event/{server.ask(MEETING)[0][0]}"
        token = editor.token(f"{meeting}/hochladen/")
        editor.upload(f"{meeting}/ablegen/", token, "klein.pdf", files.pdf("Klein"))
        before, began = server.peak(), time.monotonic()
        if editor.upload(f"{meeting}/ablegen/", token, "film.mp4", files.film_head(megabytes), megabytes) != 200:
            raise StepFailed("The large file was not taken.", server.log())
        up, uploaded = server.peak(), time.monotonic()
        material = server.ask("SELECT max(id) FROM events_attachment")[0][0]
        answer = editor.request("GET", f"/verwaltung/events/attachment/{material}/datei/")
        size = sum(len(piece) for piece in iter(lambda: answer.read(1 << 20), b""))
        down, seconds = server.peak(), time.monotonic() - uploaded
        if size != len(files.film_head(megabytes)) + (megabytes << 20) or down > before + FLAT:
            raise StepFailed(f"{size} bytes came back; the server grew from {before} to {down} MB.")
    return f"{megabytes} MB up in {uploaded - began:.1f} s, down in {seconds:.1f} s; peak {before} → {up} → {down} MB"


def kills(folder: Path, python: Path) -> str:
    """The server dies at random moments of uploads and saves; what it has answered is there afterwards."""
    times, chance = counted(200), random.Random(5)  # noqa: S311
    kept, saved = [], 0
    with Server(folder, python) as server:
        meeting, session = server.ask(MEETING)[0][0], server.ask(SESSION)[0][0]
        editor = Editor(server.port, "freigabe").sign_in()
        for number in range(times):
            work = Work(editor, meeting, session, number)
            thread = threading.Thread(target=work.go)
            thread.start()
            time.sleep(chance.uniform(0.0, 4.0))
            server.kill()
            thread.join()
            kept += work.kept
            saved = work.saved or saved
            if work.unexpected:
                raise StepFailed(f"The server answered {work.unexpected}.", server.log()[-4000:])
            server.start()
        told = server.manage("check_consistency")
        check_kept(server, kept, session, saved)
    return f"{times} kills, {len(kept)} uploads answered and there, last save there; {told.strip().splitlines()[-1]}"


def check_kept(server: Server, kept: list[str], session: int, saved: int) -> None:
    names = {name for (name,) in server.ask("SELECT original_name FROM files_storedfile")}
    titles = {title for (title,) in server.ask("SELECT title FROM events_attachment")}
    lost = [name for name in kept if name not in names]
    title = server.ask("SELECT title FROM events_session WHERE id = ?", session)[0][0]
    number = int(title.rpartition(" ")[2]) if title.startswith("Gespeichert ") else 0
    if lost or len(titles) == 0 or number < saved:
        raise StepFailed(f"Answered and lost: {lost}; saved {saved}, found {title!r}.")


class Work:
    """Uploads and saves in turn until the server is gone."""

    def __init__(self, editor: Editor, meeting: int, session: int, number: int) -> None:
        self.editor, self.number = editor, number
        self.meeting = f"/verwaltung/events/event/{meeting}"
        self.session = f"/verwaltung/events/session/{session}/change/"
        self.kept: list[str] = []
        self.saved = 0
        self.unexpected = ""

    def go(self) -> None:
        try:
            token = self.editor.token(f"{self.meeting}/hochladen/")
            for turn in range(1, 1000):
                self.upload(token, f"Datei-{self.number}-{turn}.pdf")
                self.save(self.number * 1000 + turn)
        except (OSError, http.client.HTTPException):
            return
        except StepFailed as failure:  # half a page came
            self.unexpected = "" if "has no form" in str(failure) else str(failure)

    def upload(self, token: str, name: str) -> None:
        status = self.editor.upload(f"{self.meeting}/ablegen/", token, name, files.pdf(name))
        if status == 200:
            self.kept.append(name)
        else:
            self.unexpected = f"{status} to an upload"

    def save(self, number: int) -> None:
        sent = [(name, value) for name, value in Form(self.editor.page(self.session)).sent if name != "title"]
        status = self.editor.post(self.session, [*sent, ("title", f"Gespeichert {number}"), ("_save", "1")])
        if status == 302:
            self.saved = number
        else:
            self.unexpected = f"{status} to a save"


def mutations(folder: Path, python: Path) -> str:
    """Broken files are answered as such, and leave nothing that waits for ever."""
    whole = {"a.pdf": files.pdf("Folien", 3), "a.pptx": files.slides("Folien"), **demo_files(folder)}
    statuses: Counter[int] = Counter()
    with Server(folder, python) as server:
        editor = Editor(server.port).sign_in()
        meeting = f"/verwaltung/events/event/{server.ask(MEETING)[0][0]}"
        token = editor.token(f"{meeting}/hochladen/")
        names = sorted(whole)
        for seed in range(counted(500)):
            name = names[seed % len(names)]
            broken = files.mutated(whole[name], seed)
            statuses[editor.upload(f"{meeting}/ablegen/", token, f"{seed}{name[1:]}", broken)] += 1
        stuck = server.ask("SELECT count(*) FROM reading_reading WHERE state NOT IN ('done', 'failed')")[0][0]
        is_alive = editor.request("GET", "/readyz").status == 200
        if set(statuses) - {200, 422} or stuck or not is_alive or "Traceback" in server.log():
            raise StepFailed(f"{dict(statuses)}, {stuck} stuck.", server.log()[-4000:])
    return f"{statuses.total()} files: {statuses[200]} taken, {statuses[422]} refused, none stuck"


def demo_files(folder: Path) -> dict[str, bytes]:
    """One small stored file for each kind of document the demo has."""
    query = "SELECT original_name, key FROM files_storedfile WHERE size < 2000000 ORDER BY size"
    server = Server(folder, Path(sys.executable))
    kinds = {Path(name).suffix.lower(): key for name, key in server.ask(query)}
    wanted = {".pdf", ".pptx", ".docx", ".odp", ".xlsx"}
    return {f"d{kind}": (folder / "files" / key).read_bytes() for kind, key in kinds.items() if kind in wanted}


RUNS: dict[str, Callable[[Path, Path], str]] = {
    "large-file": large_file,
    "kills": kills,
    "mutations": mutations,
}

if __name__ == "__main__":
    command(main)
