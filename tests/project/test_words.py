"""German texts use the words of docs/words.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("events", "speakers", "practice", "lernnetzwerk", "templates", "tools/demo_files")
LINES = {".html", ".js", ".toml"}
PLAIN_LANGUAGE = "leichte-sprache.html"  # follows its own rules
# What visitors type or paste may be called otherwise; those words are lower-case there.
FORBIDDEN = re.compile(
    r"[Üü]berliefert|[Nn]icht dokumentiert|Veranstaltung|Unterlage|Handreichung|Referent(?:in)?\b|eingebracht"
    r"|etwas gezeigt|Was kommt, und|ins Leere|[Hh]ängen Sie|kommt mit wenig|zur Wahl\b|[Gg]ut gemacht|Schön!"
    r"|Gedächtnis|\bFilm(?:e|s|en)?\b|[Ss]chiefgegangen|was sich hier finden ließe|kein Konto mehr"
)


def files() -> list[Path]:
    found = [path for package in PACKAGES for path in (ROOT / package).rglob("*")]
    return [
        path
        for path in found
        if path.suffix in {".py", *LINES}
        and not {"migrations", "built", "node_modules"} & set(path.parts)
        and path.name != PLAIN_LANGUAGE
    ]


def texts(path: Path) -> Iterator[str]:
    """The string literals of Python code without docstrings; the lines of other files without comments."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        tree = ast.parse(source)
        alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
                yield node.value
        return
    for line in source.splitlines():
        if not line.lstrip().startswith(("#", "//", "{#")):
            yield line


@pytest.mark.parametrize("suffix", [".py", *sorted(LINES)])
def test_no_text_uses_a_word_that_was_replaced(suffix):
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in files()
        if path.suffix == suffix
        for text in texts(path)
        for word in FORBIDDEN.findall(text)
    ]

    assert found == []


def test_every_kind_of_text_is_looked_at():
    assert {path.suffix for path in files()} == {".py", *LINES}
    assert any("Treffen" in text for path in files() if path.name == "event.py" for text in texts(path))
