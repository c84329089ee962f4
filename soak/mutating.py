"""Uploads damaged documents: each must be refused or stored, none may crash the portal or be read without end."""

import random
import tempfile
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path

from soak.server import Server, prepared
from soak.visitor import Visitor
from tools.steps import StepFailed

DOCUMENTS = 500
MOST_FILES = 20  # of one link
SERVER_ERROR = "Internal Server Error"


def run(python: Path, factor: float) -> str:
    number = max(12, round(DOCUMENTS * factor))
    with prepared(python) as server, tempfile.TemporaryDirectory() as folder:
        endings = server.call_shell(f"make_documents({folder!r})")["endings"]
        links = server.call_shell(f"make_links({number // MOST_FILES + 1}, 200)")["links"]
        rng = random.Random(number)  # noqa: S311  # the same files each time
        with server.running():
            worker, visitor = server.worker, Visitor(server.url)
            visitor.get(links[0])
            answers: Counter[int] = Counter()
            for place in range(number):
                ending = endings[place % len(endings)]
                content = mutated((Path(folder) / f"gut.{ending}").read_bytes(), ending, rng)
                answer = visitor.upload(links[place // MOST_FILES], f"datei-{place}.{ending}", content)
                answers[answer.status] += 1
            crashed = server.worker != worker
        return check(server, number, answers, crashed)


def check(server: Server, number: int, answers: Counter[int], crashed: bool) -> str:
    states = server.call_shell("readings()")["states"]
    if crashed or set(answers) - {302, 422} or SERVER_ERROR in server.log:
        raise StepFailed(f"The server crashed, or answered {dict(answers)}.", server.log)
    if set(states) - {"done", "failed"}:
        raise StepFailed(f"Some files were not read to an end: {states}.", server.log)
    server.site.manage("check_consistency")
    kept, refused = answers[302], answers[422]
    read = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    return f"{number} files: {refused} refused, {kept} kept ({read}), no error of the server"


def mutated(content: bytes, ending: str, rng: random.Random) -> bytes:
    """Returns the file with changed, cut or moved bytes, either in the whole file or in one member of a valid ZIP."""
    if ending == "pdf" or rng.random() < 0.3:
        return damage(content, rng)
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        damaged = rng.choice(old.namelist())
        for info in old.infolist():
            part = old.read(info)
            new.writestr(info, damage(part, rng) if info.filename == damaged else part)
    return stream.getvalue()


def damage(content: bytes, rng: random.Random) -> bytes:
    return rng.choice([flip, cut, splice])(content, rng)


def flip(content: bytes, rng: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.randint(1, 20) if changed else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def cut(content: bytes, rng: random.Random) -> bytes:
    return content[: rng.randint(0, len(content))]


def splice(content: bytes, rng: random.Random) -> bytes:
    """Overwrites one piece of the content with another."""
    size = rng.randint(0, len(content) // 3)
    begin, place = rng.randint(0, len(content) - size), rng.randint(0, len(content) - size)
    return content[:place] + content[begin : begin + size] + content[place + size :]
