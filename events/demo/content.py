"""The demo's content: tables in `data` and the files in `files` that they name.

Most keys are fields of the models, see `fields`; `data/README.md` lists the others.
"""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import Model

from events.demo.prose import prose
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.store import store_bytes
from lernnetzwerk.text.richtext import RichTextField

FOLDER = Path(__file__).parent
DATA, FILES = FOLDER / "data", FOLDER / "files"
DOCUMENTED, SAMPLES = "documented", "samples"

Table = dict[str, Any]


@dataclass(frozen=True)
class Content:
    """Speakers and practice examples by slug, and the events."""

    speakers: dict[str, Table]
    practice_examples: dict[str, Table]
    events: list[Table]
    is_sample: bool


def topics() -> dict[str, dict[str, str]]:
    """Names and descriptions by kind."""
    return _read(DATA / "topics.toml")


def page_texts() -> dict[str, list[str]]:
    """What the demo puts in place of the placeholders of the fixed pages, by the page's slug and in their order."""
    return _read(DATA / "pages.toml")


def content(part: str) -> Content:
    """`documented` is what the network's report says, `samples` is invented."""
    folder = DATA / part
    examples: dict[str, Table] = {}
    for path in sorted(folder.glob("practice-examples*.toml")):
        examples |= _read(path)
    events = [_read(path) for path in sorted(folder.glob("event*.toml"))]
    return Content(_read(folder / "speakers.toml"), examples, events, is_sample=part == SAMPLES)


def fields(model: type[Model], table: Table, others: Collection[str] = ()) -> Table:
    """The values for `model` in `table`, without the keys in `others`; formatted texts as HTML.

    A key that is no field stays, so that creating the row raises TypeError and names it.
    """
    formatted = {field.name for field in model._meta.fields if isinstance(field, RichTextField)}
    return {name: prose(value) if name in formatted else value for name, value in table.items() if name not in others}


def stored(name: str | None) -> StoredFile | None:
    """The file of this name in `files`, checked and stored like an upload."""
    return store_bytes((FILES / name).read_bytes(), name) if name else None


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text())
