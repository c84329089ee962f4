"""The public pages, and a way to fetch them without a browser."""

import re
from dataclasses import dataclass
from email.message import Message
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from tools.portal import Portal

MEETING = "/veranstaltungen/lernnetzwerktreffen-arbeits-und-sozialverwaltung/"
LOGIN = "/verwaltung/login/"
MISSING = "/gibt-es-nicht/"
UNREADABLE = "/veranstaltungen/?jahr=%00"
# Of 427 towns: three that contributed, a district, a town without any contribution.
TOWNS = {f"/kommunen/{slug}/" for slug in ("hamm", "bielefeld", "luenen", "kreis-unna", "aachen")}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


def fetch(address: str, data: bytes | None = None) -> Answer:
    """GET, or POST where there is `data`; an error page is an answer too."""
    try:
        with urlopen(Request(address, data), timeout=30) as response:
            return Answer(response.status, response.headers, response.read())
    except HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


def public_paths(site: Portal) -> list[str]:
    """Every page of the sitemap, of the towns only a few."""
    sitemap = fetch(f"{site.url}/sitemap.xml").body.decode()
    paths = [urlsplit(address).path for address in re.findall(r"<loc>(.*?)</loc>", sitemap)]
    missing = (TOWNS | {"/", MEETING}) - set(paths)
    assert missing == set(), "the sitemap lacks pages that these tests stand on"
    return [path for path in paths if path in TOWNS or not re.fullmatch(r"/kommunen/.+", path)]


def error_answers(site: Portal) -> dict[str, Answer]:
    """The error pages that a visitor can bring about, by the status they should have."""
    return {
        "400": fetch(site.url + UNREADABLE),
        "403": fetch(site.url + LOGIN, b"without=token"),
        "404": fetch(site.url + MISSING),
    }
