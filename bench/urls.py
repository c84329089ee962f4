from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def constant(request: HttpRequest, size: int) -> HttpResponse:
    """The least a view can do: no query, no template, `size` bytes."""
    return HttpResponse(b"x" * size)


urlpatterns = [
    path("konstant/<int:size>", constant),
    path("", include("lernnetzwerk.urls")),
]
