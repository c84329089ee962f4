"""Addresses that open one row for whoever holds them: the row's UUID, signed for one purpose alone.

Everything else (until when, taken back or not) stands in the row, so that it can be changed after the address has left
the house.
"""

from uuid import UUID

from django.core.signing import BadSignature, Signer


def sign(purpose: str, uuid: UUID) -> str:
    """The token of the row `uuid`; `purpose` is the dotted name of the package that reads it."""
    return _signer(purpose).sign(uuid.hex)


def unsign(purpose: str, token: str) -> UUID | None:
    """The row's UUID; None for what was forged, altered, or signed for another purpose."""
    try:
        return UUID(_signer(purpose).unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer(purpose: str) -> Signer:
    return Signer(sep=".", salt=purpose)
