"""The public pages and their states, and a way to fetch them without a browser."""

import re
from dataclasses import dataclass
from email.message import Message
from html import unescape
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit
from urllib.request import Request, urlopen

from tools.portal import Portal
from tools.visits import sitemap

EVENT_PAGE = "/veranstaltungen/lernnetzwerktreffen-arbeits-und-sozialverwaltung/"
REPORT = "/barriere-melden/"
LOGIN = "/verwaltung/login/"
MISSING = "/gibt-es-nicht/"
UNREADABLE = "/veranstaltungen/?jahr=%00"
# Of 427 municipalities: three with activities, a district, and one without activities.
MUNICIPALITIES = {f"/kommunen/{slug}/" for slug in ("hamm", "bielefeld", "luenen", "kreis-unna", "aachen")}
LISTS = ("/veranstaltungen/", "/materialien/", "/personen/", "/kommunen/", "/praxis/", "/themen/")

COMING = "/veranstaltungen/beispiel-21-gut-ankommen/"

# Pages that no sitemap lists.
UNLISTED = (
    f"{COMING}aenderungen/",
    f"{COMING}programm/1/",
    f"{COMING}jetzt/",
    f"{COMING}mein-programm/",
    f"{EVENT_PAGE}aenderungen/",
)

SEARCHES = (
    "/suche/?q=Jobcenter+Jugendhilfe",
    "/suche/?q=Jobcenter+Jugendhilfe&art=materialien",
    "/suche/?q=L%C3%BCnen&sortierung=datum",
    "/suche/?q=Pr%C3%A4venztion",
    "/suche/?q=xqz",
)

LINK = re.compile(r'<a [^>]*href="([^"]*\?[^"]+)"')
FACET = re.compile(r'<select[^>]*name="(\w+)".*?</select>', re.DOTALL)
CHOICE = re.compile(r'<option value="([^"]+)"')
SEARCH = re.compile(r'<main.*<input[^>]*name="(q)"', re.DOTALL)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


def fetch(address: str, data: bytes | None = None, **headers: str) -> Answer:
    """GET, or POST where there is `data`; an error page is an answer too."""
    try:
        with urlopen(Request(address, data, headers), timeout=30) as response:
            return Answer(response.status, response.headers, response.read())
    except HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


def public_paths(site: Portal) -> list[str]:
    """Every page of the sitemap, but only a few of the municipalities."""
    paths = sitemap(site.url)
    missing = (MUNICIPALITIES | {"/", EVENT_PAGE, *LISTS}) - set(paths)
    assert missing == set(), "the sitemap lacks pages that these tests stand on"
    return [path for path in paths if path in MUNICIPALITIES or not re.fullmatch(r"/kommunen/.+", path)]


def list_states(site: Portal) -> list[str]:
    """Lists as visitors leave them: narrowed, empty, searched, in another order, on a further page.

    Found on the pages themselves, one address for each set of parameters that a list knows.
    """
    states: dict[tuple, str] = {}
    for path in ("/", *LISTS):
        page = fetch(site.url + path).body.decode()
        linked = [urljoin(path, unescape(link)) for link in LINK.findall(page)]
        for address in [*linked, *narrowed(path, page), *searched(path, page)]:
            parts = urlsplit(address)
            if parts.path in LISTS:
                names = tuple(name for name, _value in parse_qsl(parts.query))
                states.setdefault((parts.path, names, "xqz" in parts.query), f"{parts.path}?{parts.query}")
    return [*states.values(), *SEARCHES, *UNLISTED]


def narrowed(path: str, page: str) -> list[str]:
    """The first choice of the first filter; the last ones of all filters, which rarely leave anything."""
    choices = [(found[1], [unescape(value) for value in CHOICE.findall(found[0])]) for found in FACET.finditer(page)]
    one = [(name, values[0]) for name, values in choices[:1]]
    everything = [(name, values[-1]) for name, values in choices]
    return [f"{path}?{urlencode(chosen)}" for chosen in (one, everything) if chosen]


def searched(path: str, page: str) -> list[str]:
    return [f"{path}?q=en", f"{path}?q=xqz"] if SEARCH.search(page) else []


def error_answers(site: Portal) -> dict[str, Answer]:
    """The error pages that a visitor can bring about, by the status they should have."""
    return {
        "400": fetch(site.url + UNREADABLE),
        "403": fetch(site.url + LOGIN, b"without=token"),
        "404": fetch(site.url + MISSING),
    }


def report_answers(site: Portal) -> dict[str, Answer]:
    """Responses of the form for barriers; fetching them uses up the hourly limit of one network."""
    address = site.url + REPORT
    form = fetch(address)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form.body.decode())[1]
    cookie = form.headers["Set-Cookie"].split(";")[0]

    def send(**values: str) -> Answer:
        return fetch(address, urlencode({"csrfmiddlewaretoken": token, **values}).encode(), Cookie=cookie)

    answers = {"with-errors": send(email="kein at"), "thanks": send(page="/", description="Mehr Licht 0")}
    for number in range(1, 8):
        answers["too-many"] = send(page="/", description=f"Mehr Licht {number}")
    return answers
