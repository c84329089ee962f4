"""Network addresses of visitors, shortened before anything stores them."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def shortened_client_address(request: HttpRequest) -> str:
    """The network a request came from: /24 of an IPv4 address, /48 of an IPv6 one.

    Behind a proxy (BEHIND_PROXY) the last entry of X-Forwarded-For counts, the only one our proxy wrote itself.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rpartition(",")[2].strip()
    return shorten(address)


def shorten(address: str) -> str:
    """`192.0.2.77` becomes `192.0.2.0`; an invalid address becomes `0.0.0.0`."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "0.0.0.0"  # noqa: S104 - a placeholder, nothing listens there
    prefix = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network((parsed, prefix), strict=False).network_address)
