from lernnetzwerk import gaps
from lernnetzwerk.pages.models import Page

gaps.register(gaps.waiting_for_release(Page.objects.all))
