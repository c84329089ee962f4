"""Runs axe: all rules where the content changes, the colour rules only for places not checked before.

Names, roles and order depend on the width only where it shows or hides something, sizes on every width, and neither on
the scheme: two rules are all that dark pages and forced colours can break. These two take most of axe's time, and
hundreds of pages are made of the same few dozen places. So each place (tags and classes from the body down, with every
colour and size of type on the way) is asked about once in each width and scheme, on whichever page it comes first.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

PROGRAM = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Where a decoration is drawn with ::before, axe by default leaves the contrast of the text beside it undecided.
CONTRAST = {
    "color-contrast": {
        "options": {
            "ignorePseudo": True,
            "ignoreUnicode": True,
            "ignoreLength": False,
            "boldValue": 700,
            "boldTextPt": 14,
            "largeTextPt": 18,
            "contrastRatio": {"normal": {"expected": 4.5}, "large": {"expected": 3}},
            "pseudoSizeThreshold": 0.25,
            "shadowOutlineEmMax": 0.2,
            "textStrokeEmMin": 0.03,
        }
    }
}
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
# Only one experimental rule wants style sheets, and axe reads them with a style element, which the policy forbids.
FOR_ALL = {"checks": CONTRAST, "preload": {"assets": ["media"]}}
FULL = {"runOnly": RULES, **FOR_ALL}
COLOURS = {"runOnly": {"type": "rule", "values": COLOUR_RULES}, **FOR_ALL}
SHAPES = {"runOnly": RULES, **FOR_ALL, "rules": {rule: {"enabled": False} for rule in COLOUR_RULES}}
SIZES = {"runOnly": {"type": "rule", "values": ["target-size"]}, **FOR_ALL}
ONLY_FAULTS = {"resultTypes": ["violations"]}  # to tell of a thousand passes where they stand takes a third of its time
WIDTHS = (1280, 768, 320)
SCHEMES = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "light", "forced_colors": "active"},
}

# Chromium forces -webkit-text-fill-color when it paints, yet reports it unforced, and axe takes it for the colour.
TRUE_COLOURS = """
    (() => {
        const report = CSSStyleDeclaration.prototype.getPropertyValue
        CSSStyleDeclaration.prototype.getPropertyValue = function (name) {
            return report.call(this, name === '-webkit-text-fill-color' ? 'color' : name)
        }
    })()
"""
RUN = """
    async ([within, options]) => {
        if (!globalThis.axe) return null
        const done = await axe.run(within === 'fresh' ? freshPlaces : within ?? document, options)
        const nodes = rules => rules.flatMap(rule => rule.nodes.map(node =>
            ({ rule: rule.id, html: node.html.slice(0, 160), reason: node.failureSummary ?? '' })))
        return { found: nodes(done.violations), undecided: nodes(done.incomplete),
            passes: done.passes.reduce((sum, rule) => sum + rule.nodes.length, 0) }
    }
"""
# Whether this document has not yet been seen as it is now, with just these of its elements visible.
SHOWS_ANEW = """
    () => {
        globalThis.shown ??= new Set()
        const before = shown.size, isShown = each => each.checkVisibility({ visibilityProperty: true })
        const visible = [...document.querySelectorAll('body *')].map(each => Number(isShown(each))).join('')
        shown.add(visible + document.body.innerHTML)
        return shown.size > before
    }
"""
PLACES = """
    ([within, known]) => {
        const seen = new Set(known), fresh = [], chains = new Map()
        const chain = element => {
            if (!element) return ''
            if (!chains.has(element)) {
                const style = getComputedStyle(element)
                chains.set(element, [chain(element.parentElement), element.localName, element.getAttribute('class'),
                    element.ariaCurrent, style.color, style.fill, style.backgroundColor, style.backgroundImage,
                    style.opacity, style.fontSize, style.fontWeight, style.textDecorationLine].join())
            }
            return chains.get(element)
        }
        const number = text => [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) | 0, 7)
        const hasText = element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())
        for (const element of (within ? document.querySelector(within) : document.body).querySelectorAll('*')) {
            if (!hasText(element) && !element.matches('input, select, textarea')) continue
            if (!element.checkVisibility()) continue
            const place = number(chain(element))
            if (!seen.has(place)) fresh.push(element)
            seen.add(place)
        }
        globalThis.freshPlaces = { include: fresh }
        return fresh.length ? [...seen] : null
    }
"""
POPOVERS = """
    () => [...document.querySelectorAll('button[popovertarget]:not([popovertargetaction])')]
        .filter(button => button.checkVisibility({ visibilityProperty: true }))
        .map(button => [button.getAttribute('popovertarget'), button.popoverTargetElement.innerHTML])
"""
OPEN = "name => { document.getElementById(name).showPopover(); return document.getElementById(name).checkVisibility() }"
CLOSE = "name => document.getElementById(name).hidePopover()"


@dataclass
class Findings:
    """Complaints with the pages they were met on, and what has been asked about already."""

    pages: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    popovers: set[tuple[int, str]] = field(default_factory=set)
    places: dict[tuple[int, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, where: str, nodes: Iterable[dict]) -> None:
        for node in nodes:
            self.pages[f"{node['rule']}: {node['reason']} in {node['html']}"].append(where)

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """One mistake in a template is one line, not a hundred."""
        return [f"{len(pages)} x {text} at {', '.join(pages[:4])}" for text, pages in self.pages.items()]


def run(page: Page, options: dict = FULL, within: str | None = None) -> dict:
    """What axe found on the page as it is now, on the whole of it or `within` one element."""
    found = page.evaluate(RUN, [within, options])
    if found is None:
        page.evaluate(f"{PROGRAM};{TRUE_COLOURS}")
        found = page.evaluate(RUN, [within, options])
    return found


def faults(page: Page, options: dict, within: str | None = None) -> list[dict]:
    return run(page, {**options, **ONLY_FAULTS}, within)["found"]


def inspect_everywhere(page: Page, findings: Findings) -> None:
    """The loaded page in each width and scheme, and in each what a button opens."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        inspect(page, findings, width)
        for name, content in page.evaluate(POPOVERS):
            if (width, content) not in findings.popovers:
                findings.popovers.add((width, content))
                assert page.evaluate(OPEN, name), f"#{name} does not open at {width} px"
                inspect(page, findings, width, f"#{name}")
                page.evaluate(CLOSE, name)


def inspect(page: Page, findings: Findings, width: int, within: str | None = None) -> None:
    where = f"{page.url} {width}{f' {within}' if within else ''}"
    page.emulate_media(**SCHEMES["light"])
    rules = SHAPES if within or page.evaluate(SHOWS_ANEW) else SIZES
    findings.add(f"{where} light", faults(page, rules, within))
    for scheme, media in SCHEMES.items():
        if scheme != "light":
            page.emulate_media(**media)
        places = page.evaluate(PLACES, [within, findings.places[width, scheme]])
        if places:
            findings.places[width, scheme] = places
            findings.add(f"{where} {scheme}", faults(page, COLOURS, "fresh"))
