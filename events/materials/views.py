from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from events.materials.models import Attachment
from lernnetzwerk.files.delivery import deliver

PER_PAGE = 24


@require_safe
def material_list(request: HttpRequest) -> HttpResponse:
    materials = Attachment.objects.published().available().for_cards().order_by("-published_from", "-pk")
    page = Paginator(materials, PER_PAGE).get_page(request.GET.get("seite"))
    return render(request, "events/material_list.html", {"section": "materials", "page": page})


@require_safe
def material_detail(request: HttpRequest, uuid: str) -> HttpResponse:
    material = get_object_or_404(Attachment.objects.published().for_cards(), uuid=uuid)
    return render(request, "events/material.html", {"section": "materials", "material": material})


@require_safe
def download(request: HttpRequest, uuid: str, filename: str) -> HttpResponse:
    files = Attachment.objects.published().filter(stored_file__isnull=False)
    material = get_object_or_404(files.for_cards(), uuid=uuid)
    if material.filename != filename:
        return redirect(material.get_download_url())
    return deliver(request, material.stored_file, material.filename)
