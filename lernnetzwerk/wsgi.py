import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lernnetzwerk.settings")
django.setup(set_prefix=False)

from lernnetzwerk.page_cache.handler import PageCacheHandler  # noqa: E402  # needs the settings

application = PageCacheHandler()
