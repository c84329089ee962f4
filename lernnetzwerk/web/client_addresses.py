"""Network addresses of visitors, shortened before anything stores them."""

from django.conf import settings
from django.http import HttpRequest

from lernnetzwerk.operation.addresses import shorten


def shortened_client_address(request: HttpRequest) -> str:
    """The network a request came from: /24 of an IPv4 address, /48 of an IPv6 one.

    Behind a proxy (BEHIND_PROXY) the last entry of X-Forwarded-For counts, the only one our proxy wrote itself.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rpartition(",")[2].strip()
    return shorten(address)
