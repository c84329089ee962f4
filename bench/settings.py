from lernnetzwerk.settings import *  # noqa: F403  # the production settings with one more URL

ROOT_URLCONF = "bench.urls"
