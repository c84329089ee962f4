from django.urls import re_path

from lernnetzwerk.pages.models import Address
from lernnetzwerk.pages.views import page_detail

app_name = "pages"
urlpatterns = [re_path(rf"^(?P<slug>{'|'.join(Address.values)})/$", page_detail, name="detail")]
