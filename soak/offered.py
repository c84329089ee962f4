"""Uploads files of other programs, as speakers would: each is accepted and read, and has pictures where it should."""

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from soak.server import Server, prepared
from soak.visitor import Visitor
from tools.steps import StepFailed

FILES = 200
MOST_FILES = 20  # of one link
PICTURED = ("pdf", "jpg", "png", "webp")
ROW = "    {:<14}{:<7}{:>9}{:>10}{:>7}{:>11}"


def run(python: Path, factor: float) -> str:
    with prepared(python) as server, tempfile.TemporaryDirectory() as folder:
        offered = server.call_shell(f"make_offered({folder!r}, {max(12, round(FILES * factor))})")
        files = offered["files"]
        links = server.call_shell(f"make_links({len(files) // MOST_FILES + 1}, 2000)")["links"]
        with server.running():
            refused = hand_in(server, links, Path(folder), files)
        known = server.call_shell("offered_files()")["files"]
    print_table(files, refused, known)
    problems = [problem for file in files if (problem := problem_of(file, refused, known))]
    if problems:
        raise StepFailed(f"{len(problems)} of {len(files)} files failed: " + "; ".join(problems[:10]), server.log)
    missing = f"; not installed: {', '.join(offered['missing'])}" if offered["missing"] else ""
    return f"{len(files)} files accepted and read{missing}"


def hand_in(server: Server, links: list[str], folder: Path, files: list[dict[str, str]]) -> dict[str, int]:
    """Upload all files; returns the status of each refused one."""
    visitor = Visitor(server.url)
    visitor.get(links[0])
    statuses = {
        file["name"]: visitor.upload(links[place // MOST_FILES], file["name"], folder / file["name"]).status
        for place, file in enumerate(files)
    }
    return {name: status for name, status in statuses.items() if status != 302}


def problem_of(file: dict[str, str], refused: dict[str, int], known: dict[str, Any]) -> str:
    name = f"{file['name']} of {file['program']}"
    if file["name"] in refused:
        return f"{name} refused with {refused[file['name']]}"
    state, pictures = known.get(file["name"], ["none", 0])
    if state != "done":
        return f"{name} not read: {state}"
    return f"{name} without a picture" if not pictures and file["name"].endswith(PICTURED) else ""


def print_table(files: list[dict[str, str]], refused: dict[str, int], known: dict[str, Any]) -> None:
    counts: dict[tuple[str, str], Counter[str]] = {}
    for file in files:
        state, pictures = known.get(file["name"], ["none", 0])
        row = counts.setdefault((file["program"], file["ending"]), Counter())
        row.update(offered=1, accepted=file["name"] not in refused, read=state == "done", pictured=pictures > 0)
    print()
    print(ROW.format("program", "type", "offered", "accepted", "read", "pictured"))
    for (program, ending), row in sorted(counts.items()):
        print(ROW.format(program, ending, *(row[name] for name in ("offered", "accepted", "read", "pictured"))))
