from django.urls import re_path

from lernnetzwerk.pages.models import ON_OTHER_PAGES, Address
from lernnetzwerk.pages.views import page_detail

TEXTS = [address for address in Address.values if address not in ON_OTHER_PAGES]

app_name = "pages"
urlpatterns = [re_path(rf"^(?P<slug>{'|'.join(TEXTS)})/$", page_detail, name="detail")]
