"""gunicorn for portals that live as long as a test: the server has started already, only its worker begins anew.

To start takes a second of work and another of waiting, to stop two more. So one server for each of xdist's processes
loads everything and answers its first questions once; its worker serves one test, and is then killed and replaced.
"""

import os
import runpy
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

globals().update({name: value for name, value in runpy.run_path("gunicorn.conf.py").items() if name[0] != "_"})

preload_app = True
FIRST = ("/", "/verwaltung/login/")


def when_ready(server: Any) -> None:
    """Before there is a worker: what is loaded with the first request is then loaded for all of them."""
    from django.db import connections

    for path in FIRST:
        environ = {"PATH_INFO": path, "HTTP_HOST": os.environ["BIND"], "REMOTE_ADDR": "127.0.0.1"}
        setup_testing_defaults(environ)
        answer = server.app.wsgi()(environ, lambda *_head: None)
        b"".join(answer)
        answer.close()
    connections.close_all()


def post_fork(_server: Any, worker: Any) -> None:
    Path(os.environ["WORKER"]).write_text(str(os.getpid()))
