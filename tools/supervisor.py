"""Runs a server until its user ends: `with supervised([...])`, or `python -m tools.supervisor FOLDER COMMAND…`.

The supervisor is a small process between the two. It waits for the end of its standard input, which comes whatever ends
the user's process, SIGKILL included; then it stops the server and removes its folder.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.steps import ROOT

TIMEOUT = 10  # seconds a server gets to stop by itself
USER = "SUPERVISOR_USER"


@contextmanager
def supervised(
    server: Sequence[str | Path], folder: Path, env: Mapping[str, str] | None = None, user: str | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Runs `server` (as `user` when given), its output in `folder`/log; `folder` is removed with it."""
    words = [sys.executable, "-m", "tools.supervisor", str(folder), *(str(word) for word in server)]
    environ = {**(env or os.environ), **({USER: user} if user else {})}
    supervisor = subprocess.Popen(words, cwd=ROOT, env=environ, stdin=subprocess.PIPE, start_new_session=True)
    try:
        yield supervisor
    finally:
        if supervisor.stdin:
            supervisor.stdin.close()
        supervisor.wait()
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    folder, server = Path(sys.argv[1]), sys.argv[2:]
    user = os.environ.pop(USER, None)
    rights: dict[str, Any] = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: None)  # not SIG_IGN: the server would inherit it
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            server,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **rights,
        )
    unneeded = threading.Event()
    threading.Thread(target=leave_with, args=[process, unneeded], daemon=True).start()
    sys.stdin.buffer.read()
    unneeded.set()
    stop(process)
    shutil.rmtree(folder, ignore_errors=True)


def leave_with(process: subprocess.Popen[bytes], unneeded: threading.Event) -> None:
    """A server that ends by itself has failed; its folder stays, so that the log can be read."""
    code = process.wait()
    if not unneeded.is_set():
        os._exit(code or 1)


def stop(process: subprocess.Popen[bytes]) -> None:
    # PostgreSQL and gunicorn both take it for "now, but cleanly"; sent to gunicorn's workers too, it can hang them.
    os.kill(process.pid, signal.SIGINT)
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
