"""Everything that README, CONTRIBUTING and docs/ name in `code` exists: commands, files, and `path::name` in a file."""

import ast
import re

import pytest

from tests.project.test_make import TARGETS
from tools.architecture import load
from tools.steps import ROOT

DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
each = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
MARK = re.compile(r"`([^`\s]+\.py)::([\w.]+)`")
PATH = r"((?:\w[\w.-]*/)+[\w.-]+\.\w+)"


def code_in(document):
    """The texts of inline code and of code blocks."""
    return re.findall(r"```.*?```|`[^`\n]+`", document.read_text(encoding="utf-8"), re.DOTALL)


def has(tree, name):
    """Whether the module defines `name`, or `Class.name`."""
    first, _, rest = name.partition(".")
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", node)]
        if first in {getattr(target, "id", getattr(target, "name", None)) for target in targets}:
            return not rest or (isinstance(node, ast.ClassDef) and has(node, rest))
    return False


@each
def test_every_command_exists(document):
    named = re.findall(r"\bmake ([a-z][a-z-]*)(?=[`\s]|$)", "\n".join(code_in(document)))

    assert set(named) - TARGETS == set()


@each
def test_every_file_exists(document):
    spans = [re.fullmatch(rf"`{PATH}(?:::.*)?`", span) for span in code_in(document)]

    assert [span[1] for span in spans if span and not (ROOT / span[1]).exists()] == []


@each
def test_every_name_inside_a_file_exists(document):
    marks = MARK.findall(document.read_text(encoding="utf-8"))

    trees = {path: ast.parse((ROOT / path).read_text(encoding="utf-8")) for path, _name in marks}
    assert [f"{path}::{name}" for path, name in marks if not has(trees[path], name)] == []


@each
def test_every_link_to_a_file_has_a_target(document):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)[^)]*\)", document.read_text(encoding="utf-8"))

    assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_page_on_architecture_explains_each_package_in_the_order_of_the_contracts():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

    sections = {title: re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) for title, text in sections_of(page)}
    assert sections["The whole project"] == in_order(load().layers)
    assert {title: named for title, named in sections.items() if title.startswith("Inside")} == {
        f"Inside `{name}`": in_order(layers) for name, layers in load().inside.items()
    }


def test_the_page_on_architecture_names_functions():
    """Without this test, another markup of names would make the tests above pass with nothing to check."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

    assert len(MARK.findall(page)) > 30


def sections_of(page):
    return re.findall(r"^## (.+?)$(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)


def in_order(layers):
    return [name for layer in layers for name in layer]
