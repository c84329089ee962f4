"""Runs a server until the process that needs it ends: `with supervised([...])`.

The server is started by `python -m tools.supervisor FOLDER COMMAND…`, a small process that reads its standard input.
The input ends when the parent process ends for any reason, SIGKILL included. The supervisor then stops the server and
removes its folder.
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

TIMEOUT = 10  # seconds from SIGINT to SIGKILL
USER = "SUPERVISOR_USER"


@contextmanager
def supervised(
    server: Sequence[str | Path], folder: Path, env: Mapping[str, str] | None = None, user: str | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Runs the command `server` while the block runs, as `user` if given.

    The output is written to `folder`/log; `folder` is removed at the end.
    """
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
        signal.signal(number, lambda *_: None)  # a handler, because the server would inherit SIG_IGN
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            server,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **rights,
        )
    is_stopping = threading.Event()
    threading.Thread(target=exit_with, args=[process, is_stopping], daemon=True).start()
    sys.stdin.buffer.read()
    is_stopping.set()
    stop(process)
    shutil.rmtree(folder, ignore_errors=True)


def exit_with(process: subprocess.Popen[bytes], is_stopping: threading.Event) -> None:
    """Exits when the server ends by itself, which is a failure; the folder stays, so that the log can be read."""
    code = process.wait()
    if not is_stopping.is_set():
        os._exit(code or 1)


def stop(process: subprocess.Popen[bytes]) -> None:
    # SIGINT means a fast but clean shutdown to PostgreSQL and gunicorn. It is not sent to the process group, because it
    # can hang gunicorn's workers.
    os.kill(process.pid, signal.SIGINT)
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
