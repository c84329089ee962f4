"""Tests of the axe helper on a page with ten planted faults: axe must report all ten."""

from collections import Counter

import pytest

from tests.browser import axe

FAULTS = {
    "aria-hidden-focus": '<div aria-hidden="true"><a href="/a">Unhörbar</a></div>',
    "button-name": '<button type="button"></button>',
    "color-contrast": '<p class="pale">Kaum zu lesen</p>',
    "empty-heading": "<h2></h2>",
    "image-alt": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="40" height="40">',
    "label": '<input type="text">',
    "link-in-text-block": '<p>Mehr steht in einem <a class="hidden-link" href="/b">Bericht</a> aus Hamm.</p>',
    "link-name": '<a href="/c"></a>',
    "list": "<ul><p>Kein Punkt der Liste</p></ul>",
    "valid-lang": '<p lang="klingonisch">nuqneH</p>',
}
FRAME = """<!doctype html>
<html lang="de"><head><title>Zehn Fehler</title><style>
    .pale { color: #999; background: #fff } .hidden-link { color: #222; text-decoration: none } body { color: #000 }
</style></head><body><main><h1>Zehn Fehler</h1>%s</main></body></html>"""


@pytest.fixture
def faulty(page):
    page.set_content(FRAME % "".join(FAULTS.values()))
    return page


def test_axe_reports_ten_planted_faults(faulty):
    found = [node["rule"] for node in axe.run(faulty)["found"]]

    assert sorted(found) == sorted(FAULTS)
    assert len(found) == 10


def test_axe_reports_nothing_on_a_page_without_faults(page):
    page.set_content(FRAME % "")

    assert axe.run(page)["found"] == []


def test_each_fault_is_reported_once_and_colour_faults_in_each_width_and_scheme(faulty):
    findings = axe.Findings()

    axe.inspect_everywhere(faulty, findings)

    met = Counter(text.split(":")[0] for text, pages in findings.pages.items() for _page in pages)
    in_each_scheme = {"link-in-text-block": 9, "color-contrast": 6}  # forced colours leave no text pale
    assert met == {rule: in_each_scheme.get(rule, 1) for rule in FAULTS}


def test_a_fault_in_the_dark_scheme_is_reported_for_the_dark_scheme(page):
    page.set_content(
        "<!doctype html><html lang=de><title>Nacht</title><style>:root { color-scheme: light dark }"
        "@media (prefers-color-scheme: dark) { body { background: #111; color: #333 } }</style>"
        "<main><h1>Nacht</h1></main>"
    )
    findings = axe.Findings()

    axe.inspect_everywhere(page, findings)

    (pages,) = findings.pages.values()
    assert [page.removeprefix("about:blank ") for page in pages] == ["1280 dark", "768 dark", "320 dark"]


def test_a_name_hidden_in_small_windows_is_reported_for_small_windows(page):
    page.set_content(
        "<!doctype html><html lang=de><title>Schmal</title><style>@media (width < 400px) { span { display: none } }"
        "</style><main><h1>Schmal</h1><button><span>Senden</span></button></main>"
    )
    findings = axe.Findings()

    axe.inspect_everywhere(page, findings)

    (pages,) = findings.pages.values()
    assert [page.removeprefix("about:blank ") for page in pages] == ["320 light"]


def test_targets_too_close_in_small_windows_are_reported_for_small_windows(page):
    page.set_content(
        "<!doctype html><html lang=de><title>Eng</title><style>@media (width < 400px) { button { block-size: 9px; "
        "inline-size: 9px; padding: 0; border: 0; margin: 0; font-size: 6px } }</style>"
        "<main><h1>Eng</h1><button>A</button><button>B</button><button>C</button></main>"
    )
    findings = axe.Findings()

    axe.inspect_everywhere(page, findings)

    assert {text.split(":")[0] for text in findings.pages} == {"target-size"}
    assert {page.removeprefix("about:blank ") for pages in findings.pages.values() for page in pages} == {"320 light"}


def test_a_fault_in_a_popover_is_reported_once(page):
    page.set_content(
        "<!doctype html><html lang=de><title>Zu</title><main><h1>Zu</h1><button popovertarget=auf>Auf</button>"
        '<div id=auf popover><a href="/c"></a></div></main>'
    )
    findings = axe.Findings()

    axe.inspect_everywhere(page, findings)
    axe.inspect_everywhere(page, findings)

    (pages,) = findings.pages.values()
    assert [page.removeprefix("about:blank ") for page in pages] == [f"{width} #auf light" for width in axe.WIDTHS]
