from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lernnetzwerk.barriers.addresses import own_path, page_in_question
from lernnetzwerk.barriers.forms import ReportForm
from lernnetzwerk.barriers.rate_limit import SECONDS
from lernnetzwerk.barriers.reports import receive_report
from lernnetzwerk.pages.models import Address, Page
from lernnetzwerk.web.client_addresses import shortened_client_address


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _form_page(request, ReportForm(initial={"page": page_in_question(request)}))
    form = ReportForm(request.POST)
    if form.is_honeypot_filled():
        return _to_thanks(request)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    if not receive_report(form.report(), shortened_client_address(request)):
        return _form_page(request, form, status=429)
    return _to_thanks(request)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "barriers/thanks.html", {"way_back": own_path(request, request.GET.get("seite", ""))})


def _form_page(request: HttpRequest, form: ReportForm, status: int = 200) -> HttpResponse:
    """The law requires the form at all times, so it does not depend on its page being published."""
    page = Page.objects.published().filter(slug=Address.REPORT_BARRIER).first()
    context = {"form": form, "page": page, "is_too_much": status == 429, "mailbox": settings.CONTACT_EMAIL}
    response = render(request, "barriers/report.html", context, status=status)
    if status == 429:
        response["Retry-After"] = str(SECONDS)
    return response


def _to_thanks(request: HttpRequest) -> HttpResponse:
    path = own_path(request, request.POST.get("page", "").strip())
    query = f"?{urlencode({'seite': path})}" if path else ""
    return redirect(f"{reverse('barriers:thanks')}{query}")
