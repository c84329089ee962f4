from django.http import HttpRequest, HttpResponse
from django.urls import path


def constant(request: HttpRequest, size: int) -> HttpResponse:
    """Returns `size` bytes without a query or a template: the minimum work of a view."""
    return HttpResponse(b"x" * size)


urlpatterns = [
    path("healthz", constant, {"size": 0}),  # asked until the server has started
    path("konstant/<int:size>", constant),
]
