from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import resolve_url


def redirect_with_slug(request: HttpRequest, **slug: str) -> HttpResponseRedirect:
    """To the same address with the present slug, for the addresses below an old one."""
    match = request.resolver_match
    if match is None:
        raise TypeError("This request did not come through the addresses of the site.")
    return HttpResponseRedirect(resolve_url(match.view_name, **{**match.kwargs, **slug}))
