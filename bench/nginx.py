"""nginx on this machine, handing out files; the mark that no Python server reaches."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools.guard import guarded
from tools.portal import free_port

CONFIGURATION = """
{user}
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    default_type text/html;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    keepalive_requests 1000000;
    server {{ listen 127.0.0.1:{port}; root {folder}/www; }}
}}
"""


@contextlib.contextmanager
def serving(bodies: Mapping[str, bytes]) -> Iterator[str | None]:
    """The address of an nginx with these files, or None where there is none."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")
    if not program:
        yield None
        return
    folder, port = Path(tempfile.mkdtemp(prefix="lernnetzwerk-nginx-")), free_port()
    (folder / "www").mkdir()
    for name, body in bodies.items():
        (folder / "www" / name).write_bytes(body)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(CONFIGURATION.format(folder=folder, port=port, user=user))
    with guarded([program, "-p", folder, "-c", folder / "nginx.conf"], folder) as guard:
        yield f"http://127.0.0.1:{port}/" if is_up(port, guard) else None


def is_up(port: int, guard: subprocess.Popen[bytes]) -> bool:
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return True
        if guard.poll() is not None:
            return False
        time.sleep(0.05)
    return False
