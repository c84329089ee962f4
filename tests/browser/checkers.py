"""The Nu checker for HTML and IBM's Equal Access checker, with what they may find and why."""

import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Page

from tests.browser.pages import fetch
from tests.browser.sessions import cookie
from tests.conftest import skip_or_fail
from tools.portal import Portal
from tools.steps import ROOT

NU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
EQUAL_ACCESS = ROOT / "node_modules" / "accessibility-checker-engine" / "ace.js"
START = "/verwaltung/"
LINK = re.compile(r'<a\b[^>]*?\shref="([^"#?]+)[^"]*"')
NUMBER = re.compile(r"/(\d+|[0-9a-f]{8}-[0-9a-f-]{27})(?=/)")
NO_PAGE = re.compile(r"/(logout|jsi18n|autocomplete|datei|bild)\b|/seiten/|\.\w+$")

# What Nu may find: a part of the message, and why.
ACCEPTED_BY_NU = {
    "No “p” element in scope but a “p” end tag seen": "Django's page for a new password puts a list into a paragraph",
}
# What Equal Access may find: rule, a part of the element, and why.
ACCEPTED_BY_EQUAL_ACCESS = [
    ("aria_content_in_landmark", 'class="skip', "a link that skips to the content comes before all landmarks"),
    ("aria_content_in_landmark", 'id="toggle-nav-sidebar"', "Django's button stands beside the side bar that it hides"),
    (
        "aria_attribute_valid",
        'id="nav-sidebar"',
        "Django's script sets aria-expanded, by which its styles hide the bar",
    ),
    ("label_name_visible", "map__link", "the number in a point begins its name, but is hidden and so not compared"),
    ("label_name_visible", "material-icons", "the text of an icon is a ligature, which nobody sees as a word"),
]
# Rules that only ask a person to look, and contrast, which axe measures: together four fifths of its time.
LEFT_OUT = [
    "element_tabbable_unobscured",
    "element_tabbable_visible",
    "img_alt_background",
    "style_focus_visible",
    "text_contrast_sufficient",
    "text_spacing_valid",
]
FAULTS = """
    async leftOut => {
        if (!globalThis.ace) return null
        document.querySelectorAll('details').forEach(each => { each.open = true })
        const checker = new ace.Checker()
        leftOut.forEach(rule => checker.disableRule(rule))
        const report = await checker.check(document, ['IBM_Accessibility'])
        return report.results.filter(each => each.value.join() === 'VIOLATION,FAIL')
            .map(each => ({ rule: each.ruleId, reason: each.message, html: each.snippet }))
    }
"""


def administration(site: Portal, name: str) -> dict[str, str]:
    """Maps paths to HTML: one page for each kind of address that the user `name` reaches by links."""
    session = f"sessionid={cookie(site, name)['value']}"
    pages, known, coming = {}, {START}, [START]
    for path in coming:
        answer = fetch(site.url + path, Cookie=session)
        if answer.status != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        pages[path] = answer.body.decode()
        for link in LINK.findall(pages[path]):
            found = urlsplit(urljoin(site.url + path, link)).path
            kind = NUMBER.sub("/N", found)
            if found.startswith(START) and kind not in known and not NO_PAGE.search(found):
                known.add(kind)
                coming.append(found)
    assert START in pages, site.log()
    return pages | popups(site, session, pages)


def popups(site: Portal, session: str, pages: Iterable[str]) -> dict[str, str]:
    adding = [f"{path}?_popup=1" for path in pages if path.endswith("/add/")]
    return {path: fetch(site.url + path, Cookie=session).body.decode() for path in adding}


def nu(paths: list[Path]) -> list[str]:
    """Runs the Nu checker once on all files; returns a line for each kind of error, with the files."""
    words = ["java", "-jar", NU, "--errors-only", "--format", "json", "--stdout", "--exit-zero-always", *paths]
    assert paths, "no page was given to the Nu checker"
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    lines = defaultdict(list)
    for found in json.loads(done.stdout)["messages"]:
        if not any(part in found["message"] for part in ACCEPTED_BY_NU):
            extract = " ".join(found.get("extract", "").split())
            lines[f"{found['message']} in {extract}"].append(Path(found.get("url", "")).name)
    return [f"{len(names)} x {text} at {', '.join(names[:3])}" for text, names in lines.items()]


@cache
def equal_access_program() -> str:
    if not EQUAL_ACCESS.exists():
        skip_or_fail("IBM's Equal Access checker is not installed; `make setup` does it")
    return EQUAL_ACCESS.read_text()


def equal_access(page: Page) -> list[dict]:
    """The faults of the page as it is now, with all its details open, without what is accepted."""
    found = page.evaluate(FAULTS, LEFT_OUT)
    if found is None:
        page.evaluate(f"{equal_access_program()};globalThis.ace = ace")
        found = page.evaluate(FAULTS, LEFT_OUT)
    return [fault for fault in found if not is_accepted(fault)]


def is_accepted(fault: dict) -> bool:
    return any(fault["rule"] == rule and part in fault["html"] for rule, part, _reason in ACCEPTED_BY_EQUAL_ACCESS)
