from django.contrib import admin
from django.urls import include, path, re_path

from lernnetzwerk import views
from lernnetzwerk.search.views import editors_search
from lernnetzwerk.web.sitemap import sitemap, sitemap_file, sitemap_lists

handler400 = "lernnetzwerk.web.errors.bad_request"
handler403 = "lernnetzwerk.web.errors.permission_denied"
handler404 = "lernnetzwerk.web.errors.not_found"
handler500 = "lernnetzwerk.web.errors.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("events.urls")),
    path("personen/", include("speakers.urls")),
    path("", include("practice.urls")),
    path("suche/", include("lernnetzwerk.search.urls")),
    path("barriere-melden/", include("lernnetzwerk.barriers.urls")),
    path("", include("lernnetzwerk.pages.urls")),
    path("vorschau/", include("lernnetzwerk.previews.urls")),
    path("verwaltung/suche/", admin.site.admin_view(editors_search), name="editors_search"),
    path("verwaltung/", admin.site.urls),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-lists.xml", sitemap_lists, name="sitemap_lists"),
    re_path(r"^sitemap-(?P<name>[a-z]+)-(?P<number>[1-9][0-9]{0,3})\.xml$", sitemap_file, name="sitemap_file"),
    path(".well-known/security.txt", views.security, name="security"),
]
