"""The Nu checker and IBM's Equal Access checker on all pages of the administration and ten public pages."""

import json
import re
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.browser import axe, checkers
from tests.conftest import skip_or_fail
from tools import visits

pytestmark = pytest.mark.walk

USERS = ("verwaltung", "redaktion")
PUBLIC = 10
PARTS = 4
ENGLISH = re.compile(r"\b(paragraph|list|bold|italic|blockquote|insert|remove|undo|redo|heading)\b", re.I)
TOOLBAR = """
    () => [...document.querySelectorAll('.prose-menubar button')]
        .map(each => each.ariaLabel || each.textContent)
"""


@pytest.fixture
def found(once, site) -> dict[str, dict[str, str]]:
    """Maps users to the pages of the administration that they reach, each with its HTML."""

    def ask(file: Path) -> None:
        file.write_text(json.dumps({name: checkers.administration(site, name) for name in USERS}))

    return json.loads(once("administration", ask).read_text())


@pytest.fixture
def public(kinds) -> list[str]:
    return sorted(kinds.values())[:PUBLIC]


def test_the_nu_checker_finds_nothing(found, public, crawl, tmp_path):
    if not shutil.which("java"):
        skip_or_fail("Java is not installed; the Nu checker needs it")
    if not checkers.NU.exists():
        skip_or_fail("the Nu checker is not installed; `make setup` does it")
    pages = {f"{name}{path}": body for name in USERS for path, body in found[name].items()}
    pages |= {path: crawl[path][2] for path in public}

    files = []
    for number, (path, body) in enumerate(pages.items()):
        files.append(tmp_path / f"{number:03}{quote(path, safe='')[:100]}.html")
        files[-1].write_text(body)

    assert checkers.nu(files) == []


@pytest.mark.parametrize("part", range(PARTS))
def test_equal_access_finds_nothing(new_context, sign_in, found, public, part):
    findings = axe.Findings()
    for name in USERS:
        page = new_context(viewport=visits.DESKTOP).new_page()
        sign_in(page, name)
        # What both reach looks the same, except for forms, which may be read-only.
        paths = [path for path in found[name] if name == USERS[0] or "/change/" in path]
        for path in paths[part::PARTS]:
            look_at(page, path, findings)
    page = new_context(viewport=visits.DESKTOP).new_page()
    for path in public[part::PARTS]:
        look_at(page, path, findings)

    assert findings.lines() == [], str(findings)


def look_at(page, path: str, findings: axe.Findings) -> None:
    page.goto(path)
    page.evaluate(visits.SETTLED)
    findings.add(path, checkers.equal_access(page))
    findings.add(path, [fault("English", name) for name in page.evaluate(TOOLBAR) if ENGLISH.search(name)])
    if "/add/" in path:
        here = page.evaluate("document.activeElement.matches('fieldset *')")
        findings.add(path, [] if here else [fault("focus", "not in the first field")])


def fault(rule: str, html: str) -> dict:
    return {"rule": rule, "reason": "", "html": html}


def test_every_link_within_a_page_has_a_target(found):
    dead = [
        f"{path}#{target}"
        for pages in found.values()
        for path, body in pages.items()
        for target in re.findall(r'href="#([^"]+)"', body)
        if f'id="{target}"' not in body
    ]

    assert dead == []


def test_the_walk_reaches_the_forms_and_lists_of_all_models(found):
    """The addresses of forms to add, that the side bar names."""
    models = set(re.findall(r'href="(/verwaltung/\w+/\w+/)"', found["verwaltung"]["/verwaltung/"]))
    adding = {path.removesuffix("add/") for path in found["verwaltung"] if path.endswith("/add/")}

    assert len(models) >= 12
    assert models - set(found["verwaltung"]) == set()
    assert len(adding) >= 10
    assert adding - models == set()
