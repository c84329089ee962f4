"""Runs nginx, either to serve files as an upper limit for comparison, or in front of a portal."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tools.nginx import find
from tools.portal import free_port
from tools.steps import ROOT
from tools.supervisor import supervised

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
    sendfile on;  # the default of Debian's package
    tcp_nopush on;
    {server}
}}
"""
PLAIN = "server {{ listen 127.0.0.1:{port}; root {folder}/www; }}"
OPERATORS = ROOT / "docs" / "nginx.conf"


@dataclass(frozen=True)
class Static:
    """The address of a running nginx, and the pid file of its first process."""

    url: str
    master: Path


@contextlib.contextmanager
def serving(bodies: Mapping[str, bytes]) -> Iterator[Static | None]:
    """Yields an nginx that serves these files (name → content), or None without nginx."""
    folder, port = Path(tempfile.mkdtemp(prefix="lernnetzwerk-nginx-")), free_port()
    (folder / "www").mkdir()
    for name, body in bodies.items():
        (folder / "www" / name).write_bytes(body)
    with running(folder, port, PLAIN.format(folder=folder, port=port)) as is_running:
        yield Static(f"http://127.0.0.1:{port}/", folder / "pid") if is_running else None


@contextlib.contextmanager
def in_front_of(portal: str, files: Path) -> Iterator[str | None]:
    """Yields the address of an nginx with docs/nginx.conf in front of that portal, or None without nginx."""
    folder, port = Path(tempfile.mkdtemp(prefix="lernnetzwerk-nginx-")), free_port()
    with running(folder, port, as_operated(portal, files, port)) as is_running:
        yield f"http://127.0.0.1:{port}" if is_running else None


def as_operated(portal: str, files: Path, port: int) -> str:
    """Returns docs/nginx.conf with the lines marked "# change" adapted to this portal, as operators do."""
    changes = {
        "listen 443 ssl": f"listen 127.0.0.1:{port}",
        "server_name portal.example": "server_name 127.0.0.1",
        "ssl_certificate ": None,
        "ssl_certificate_key ": None,
        "access_log ": None,
        "error_log ": None,
        "server 127.0.0.1:8000": f"server {urlsplit(portal).netloc}",
        "alias /srv/lernnetzwerk/files/": f"alias {files}/",
    }
    lines = []
    for line in OPERATORS.read_text(encoding="utf-8").splitlines():
        is_marked = "# change" in line
        changed = [new for old, new in changes.items() if line.strip().startswith(old)] if is_marked else [line]
        lines += [f"{new};" if is_marked else new for new in changed if new is not None]
    return "\n".join(lines)


@contextlib.contextmanager
def running(folder: Path, port: int, server: str) -> Iterator[bool]:
    """Runs nginx with this server block; yields whether it answers on `port`."""
    program = find()
    if not program:
        shutil.rmtree(folder)
        yield False
        return
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(CONFIGURATION.format(folder=folder, user=user, server=server))
    with supervised([program, "-p", folder, "-c", folder / "nginx.conf"], folder) as supervisor:
        yield is_up(port, supervisor)


def is_up(port: int, supervisor: subprocess.Popen[bytes]) -> bool:
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return True
        if supervisor.poll() is not None:
            return False
        time.sleep(0.05)
    return False
