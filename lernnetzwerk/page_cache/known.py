"""Requests that were answered by a kept page, as the server gave them: so that the next one need not be examined."""

from collections.abc import Mapping
from typing import Any

MOST = 2_000

_known: dict[tuple[str, ...], str] = {}


def remember(environ: Mapping[str, Any], query: str, key: str) -> None:
    """The page `key` answers this request; with parameters other than those of `query` it is not remembered."""
    if environ.get("QUERY_STRING", "") != query:
        return
    if len(_known) >= MOST:
        _known.clear()
    _known[_address(environ)] = key


def key_of_known(environ: Mapping[str, Any]) -> str | None:
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or environ.get("CONTENT_LENGTH") not in {None, "", "0"}:
        return None
    return _known.get(_address(environ))


def _address(environ: Mapping[str, Any]) -> tuple[str, ...]:
    names = ("wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
    return tuple(environ.get(name, "") for name in names)
