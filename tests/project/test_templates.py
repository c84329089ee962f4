"""Limits for templates: the length of lines, and the least number of lines of a partial."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from practice import state_outline
from tools.steps import ROOT

LONGEST_LINE = 160
SHORTEST_PARTIAL = 10
APPS = ("events", "lernnetzwerk", "practice", "speakers")
FOLDERS = (ROOT / "templates", *(folder for app in APPS for folder in (ROOT / app).rglob("templates")))
TEMPLATES = {path.relative_to(folder).as_posix(): path for folder in FOLDERS for path in folder.rglob("*.html")}
INCLUDED = re.compile(r"""\{% include ["']([^"']+)["'] """)


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_a_template_has_no_line_too_long_to_read(name):
    assert too_long(TEMPLATES[name].read_text(encoding="utf-8")) == []


def test_a_line_of_160_characters_is_short_enough():
    assert too_long("ü" * 160 + "\n" + "ü" * 161) == [(2, 161)]


def test_a_partial_with_one_include_is_long_enough():
    sources = {name: path.read_text(encoding="utf-8") for name, path in TEMPLATES.items()}

    assert too_small(sources, named_in_code()) == []


def test_a_small_partial_is_reported_unless_it_has_two_includes_or_is_named_in_code():
    small, large = "<p>\n" * 9, "<p>\n" * 10
    include = '{% include "_one.html" %}'

    assert too_small({"page.html": include, "_one.html": small}, set()) == ["_one.html"]
    assert too_small({"page.html": include, "_one.html": large}, set()) == []
    assert too_small({"page.html": include + include, "_one.html": small}, set()) == []
    assert too_small({"page.html": include, "_one.html": small}, {"_one.html"}) == []


def too_long(source: str) -> list[tuple[int, int]]:
    """Number and length of each line over the limit."""
    lines = enumerate(source.splitlines(), start=1)
    return [(number, len(line)) for number, line in lines if len(line) > LONGEST_LINE]


def too_small(sources: dict[str, str], named: set[str]) -> list[str]:
    """Partials below the limit that only one template includes and that no Python code names."""
    included = Counter(name for source in sources.values() for name in INCLUDED.findall(source))
    once = {name for name, times in included.items() if times == 1} & set(sources)
    return sorted(name for name in once - named if len(sources[name].splitlines()) < SHORTEST_PARTIAL)


def named_in_code() -> set[str]:
    """Templates that Python code renders or writes."""
    drawn = {path.relative_to(ROOT / "templates").as_posix() for path in state_outline.drawings()}
    return drawn | {text for app in APPS for path in (ROOT / app).rglob("*.py") for text in texts(path)}


def texts(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
