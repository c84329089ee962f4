"""Additions of a response to the content security policy; django-csp keeps them on request and response."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponseBase


def nonce(request: HttpRequest) -> str:
    """The nonce that allows a script in the response to this request."""
    return str(request.csp_nonce)  # type: ignore[attr-defined]  # set by the middleware of django-csp


def extend(response: HttpResponseBase, directives: Mapping[str, Sequence[str]]) -> None:
    """Adds sources to directives, such as `{"style-src": ["'self'"]}`."""
    response._csp_update = directives  # type: ignore[attr-defined]  # read by the middleware of django-csp
