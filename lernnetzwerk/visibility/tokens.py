"""Addresses that open one row for anyone who has them: the row's UUID, signed for one purpose.

Expiry and revocation are stored in the row, so that they can change after the address was sent.
"""

from uuid import UUID

from django.core.signing import BadSignature, Signer


def sign(purpose: str, uuid: UUID) -> str:
    """The token of the row `uuid`; `purpose` is the dotted name of the package that reads it."""
    return _signer(purpose).sign(uuid.hex)


def unsign(purpose: str, token: str) -> UUID | None:
    """The row's UUID; None for a forged or altered token, or one for another purpose."""
    try:
        return UUID(_signer(purpose).unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer(purpose: str) -> Signer:
    return Signer(sep=".", salt=purpose)
