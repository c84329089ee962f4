from lernnetzwerk.administration import missing
from lernnetzwerk.pages.models import Page

missing.register(missing.waiting_for_release(Page.objects.all))
