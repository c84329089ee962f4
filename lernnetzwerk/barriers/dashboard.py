from django.contrib.admin import AdminSite
from django.http import HttpRequest

from lernnetzwerk.administration.dashboard import Panel, register
from lernnetzwerk.barriers.models import BarrierReport

SHOWN = 5


def open_reports(request: HttpRequest, site: AdminSite) -> dict | None:
    """Reports that are not done, the newest first; None without permission."""
    if not site.get_model_admin(BarrierReport).has_view_permission(request):
        return None
    reports = BarrierReport.objects.exclude(state=BarrierReport.State.DONE)
    return {"reports": reports.order_by("-received_at", "-pk")[:SHOWN], "number": reports.count(), "most": SHOWN}


register(Panel("barrieren", "Gemeldete Barrieren", "admin/dashboard/barriers.html", 40, open_reports))
