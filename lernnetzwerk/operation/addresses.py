"""Shortens network addresses before anything stores them."""

import ipaddress


def shorten(address: str) -> str:
    """`192.0.2.77` becomes `192.0.2.0`, an IPv6 address its /48 network; an invalid address becomes `0.0.0.0`."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "0.0.0.0"  # noqa: S104 - a placeholder, nothing listens there
    prefix = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network((parsed, prefix), strict=False).network_address)
