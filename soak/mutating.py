"""Uploads damaged documents: each is refused or becomes an attachment; none crashes the portal or is read for ever."""

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
        chance = random.Random(number)  # noqa: S311  # the same files each time
        with server.running():
            worker, visitor = server.worker, Visitor(server.url)
            visitor.get(links[0])
            answers: Counter[int] = Counter()
            for place in range(number):
                ending = endings[place % len(endings)]
                content = mutated((Path(folder) / f"gut.{ending}").read_bytes(), ending, chance)
                answer = visitor.upload(links[place // MOST_FILES], f"datei-{place}.{ending}", content)
                answers[answer.status] += 1
            crashed = server.worker != worker
        return judge(server, number, answers, crashed)


def judge(server: Server, number: int, answers: Counter[int], crashed: bool) -> str:
    states = server.call_shell("readings()")["states"]
    if crashed or set(answers) - {302, 422} or SERVER_ERROR in server.log:
        raise StepFailed(f"The server crashed, or answered {dict(answers)}.", server.log)
    if set(states) - {"done", "failed"}:
        raise StepFailed(f"Some files were not read to an end: {states}.", server.log)
    server.site.manage("check_consistency")
    kept, refused = answers[302], answers[422]
    read = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    return f"{number} files: {refused} refused, {kept} kept ({read}), no error of the server"


def mutated(content: bytes, ending: str, chance: random.Random) -> bytes:
    """Bytes changed, cut or moved: in the file, or in one member of a ZIP that itself stays whole."""
    if ending == "pdf" or chance.random() < 0.3:
        return damage(content, chance)
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        victim = chance.choice(old.namelist())
        for info in old.infolist():
            part = old.read(info)
            new.writestr(info, damage(part, chance) if info.filename == victim else part)
    return stream.getvalue()


def damage(content: bytes, chance: random.Random) -> bytes:
    return chance.choice([flip, cut, splice])(content, chance)


def flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 20) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randint(0, len(content))]


def splice(content: bytes, chance: random.Random) -> bytes:
    """Overwrites one piece of the content with another."""
    size = chance.randint(0, len(content) // 3)
    begin, place = chance.randint(0, len(content) - size), chance.randint(0, len(content) - size)
    return content[:place] + content[begin : begin + size] + content[place + size :]
