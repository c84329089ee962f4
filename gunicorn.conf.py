"""How the portal is served: one process with threads, each setting changeable by an environment variable."""

import logging
import os
from pathlib import Path

import environ

from lernnetzwerk.operation.log_redaction import Redaction

environ.Env.read_env(Path(__file__).parent / ".env")

os.environ["TASKS"] = os.environ.get("TASKS") or "thread"  # no request waits until its file is read

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
worker_class = "lernnetzwerk.operation.server.worker.BufferingWorker"  # gthread, without waiting for slow clients
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
worker_connections = 400  # each needs two of the 1,024 files that a process may usually open
threads = int(os.environ.get("WEB_THREADS", "16"))  # large uploads occupy at most half of them

timeout = 60  # a worker silent for so long is replaced; long downloads do not count
graceful_timeout = 30
keepalive = 5
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # a heartbeat must not wait for a disk

limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
forwarder_headers = ""  # no header sets SCRIPT_NAME or PATH_INFO
secure_scheme_headers: dict[str, str] = {}  # BEHIND_PROXY decides whether X-Forwarded-Proto counts
control_socket_disable = True
accesslog = None  # the proxy writes it; the portal stores no visitor's address

logging.getLogger("gunicorn.error").addFilter(Redaction())

# The server drops the body of a HEAD response; gunicorn would log a warning for each.
logging.getLogger("gunicorn.http.wsgi").setLevel(logging.ERROR)
