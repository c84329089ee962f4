"""Writes the files that content.toml describes: pictures, PDFs, a film and a presentation."""

import tomllib
from pathlib import Path
from typing import Any

from tools.demo_files.deck import deck
from tools.demo_files.film import film, still, subtitles
from tools.demo_files.pdfs import placeholder_pdf, sample_pdf
from tools.demo_files.pictures import PALETTES, picture

CONTENT = Path(__file__).with_name("content.toml")


def content() -> dict[str, Any]:
    return tomllib.loads(CONTENT.read_text())


def write(folder: Path, words: dict[str, Any]) -> list[str]:
    """Writes missing and outdated files to the folder and returns their names."""
    changed = []
    for name, data in {**_pictures(words), **_pdfs(words), **_film(words), **_deck(folder, words)}.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
            changed.append(name)
    return changed


def _pictures(words: dict[str, Any]) -> dict[str, bytes]:
    return {name: picture(drawn["seed"], PALETTES[drawn["palette"]]) for name, drawn in words["pictures"].items()}


def _pdfs(words: dict[str, Any]) -> dict[str, bytes]:
    samples = {pdf.pop("file"): sample_pdf(**pdf) for pdf in map(dict, words["pdfs"])}
    placeholder = dict(words["placeholder"])
    return {**samples, placeholder.pop("file"): placeholder_pdf(**placeholder)}


def _film(words: dict[str, Any]) -> dict[str, bytes]:
    made, scenes = words["film"], words["film"]["scenes"]
    return {
        made["file"]: film(scenes),
        made["still"]: still(made["still_title"], scenes),
        made["subtitles"]: subtitles(scenes),
    }


def _deck(folder: Path, words: dict[str, Any]) -> dict[str, bytes]:
    name = words["deck"]["file"]
    return {name: deck((folder / name).read_bytes(), words["deck"]["slides"])}
