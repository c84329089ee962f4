from django.urls import re_path

from lernnetzwerk.pages.models import ON_OTHER_PAGES, Address
from lernnetzwerk.pages.views import page_detail, page_video

SLUG = "|".join(address for address in Address.values if address not in ON_OTHER_PAGES)

app_name = "pages"
urlpatterns = [
    re_path(rf"^(?P<slug>{SLUG})/$", page_detail, name="detail"),
    re_path(rf"^(?P<slug>{SLUG})/video$", page_video, name="video"),
]
