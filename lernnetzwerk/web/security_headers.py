"""Headers of every response, except those with a setting in Django."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]
HSTS = f"max-age={365 * 24 * 60 * 60}; includeSubDomains"
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)


def headers(get_response: GetResponse) -> GetResponse:
    """Middleware: no device permissions, no embedding elsewhere, and no storing of administration pages."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if settings.SECURE:  # Django's own setting needs a header of the proxy; SITE_URL suffices
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        if request.path.startswith("/verwaltung/"):
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware
