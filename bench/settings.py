from lernnetzwerk.settings import *  # noqa: F403  # the real server, with one more address

ROOT_URLCONF = "bench.urls"
