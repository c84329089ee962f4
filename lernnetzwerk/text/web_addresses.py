"""Addresses of other sites. Forms check them; a row written in another way, such as an import, may contain anything."""

from urllib.parse import urlsplit

SCHEMES = frozenset({"http", "https"})


def web_address(text: str) -> str:
    """The address if a page can link to it: http or https with a host. Otherwise "", as for `javascript:`."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in SCHEMES and parts.hostname else ""
