"""gunicorn configuration for tests that need a portal of their own.

Starting a server takes about two seconds and stopping it two more. Therefore each xdist process starts one server,
which loads the application and answers the first requests once. Each test gets a new worker of that server.
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
    """Requests FIRST before a worker is forked, so that every worker inherits what the first request loads."""
    from django.db import connections

    for path in FIRST:
        environ = {"PATH_INFO": path, "HTTP_HOST": os.environ["BIND"], "REMOTE_ADDR": "127.0.0.1"}
        setup_testing_defaults(environ)
        answer = server.app.wsgi()(environ, lambda *_head: None)
        b"".join(answer)
        answer.close()
    connections.close_all()


def post_fork(_server: Any, worker: Any) -> None:
    """Writes the process id of the new worker to the file named in WORKER."""
    Path(os.environ["WORKER"]).write_text(str(os.getpid()))
