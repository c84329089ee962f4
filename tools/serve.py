"""`make run`: installs, configures and runs a portal on 127.0.0.1, and prints a line for each step."""

import contextlib
import hashlib
import os
import secrets
import signal
import socket
import subprocess
import textwrap
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from tools import environment, frontend
from tools.steps import ROOT, StepFailed, command, run, step

DOTENV = ROOT / ".env"
DEMO_MAILBOX = "kontakt@lernnetzwerk.example"  # reserved for examples (RFC 2606)
LOADED = ROOT / "data" / ".demo"
EXAMPLE = "veranstaltungen/lernnetzwerktreffen-arbeits-und-sozialverwaltung/"
LATER = """accounts  redaktion, freigabe, verwaltung - their password was printed at the first start;
          a new one: .venv/bin/python manage.py changepassword redaktion"""
TIMEOUT = 60


def main() -> int:
    port = port_number()
    python = environment.ensure(".venv", "production")
    frontend.build(for_development=False)
    write_dotenv()
    env = settings_environment(port)
    frontend.collect(python, env)
    with step("Preparing the database"):
        (ROOT / "data").mkdir(exist_ok=True)
        run([python, "manage.py", "migrate", "--noinput", "--verbosity=0"], env=env)
    accounts = load_demo(python, env)
    return serve(python, env, port, accounts)


def port_number() -> int:
    """Returns PORT from the environment; raises StepFailed if it is invalid or in use."""
    text = os.environ.get("PORT", "8000")
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise StepFailed(f"PORT must be a number between 1 and 65535, not {text!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except PermissionError:
            raise StepFailed(f"Port {text} needs root; choose one above 1023: make run PORT=8001") from None
        except OSError:
            raise StepFailed(f"Port {text} is in use; choose another: make run PORT={int(text) % 65535 + 1}") from None
    return int(text)


def write_dotenv() -> None:
    if DOTENV.exists() or "SECRET_KEY" in os.environ:
        return
    with step("Writing .env with a random key"):
        handle = os.open(DOTENV, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write("# Written by `make run`; .env.example explains what else can stand here.\n")
            file.write(f"SECRET_KEY={secrets.token_urlsafe(60)}\n")


def read_dotenv() -> dict[str, str]:
    lines = DOTENV.read_text().splitlines() if DOTENV.exists() else []
    pairs = (line.removeprefix("export ").split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("'\"") for name, value in pairs}


def settings_environment(port: int) -> dict[str, str]:
    """Returns environment variables including those of .env.

    SITE_URL is derived from PORT unless it is set. Only a site without https, which has the demo, gets its mailbox.
    """
    defaults = {"SITE_URL": f"http://127.0.0.1:{port}", **read_dotenv()}
    env = {**defaults, **os.environ, "PORT": str(port)}
    return env if env["SITE_URL"].startswith("https://") else {"CONTACT_EMAIL": DEMO_MAILBOX, **env}


def load_demo(python: Path, env: Mapping[str, str]) -> str:
    """Loads the demo content once for each database, except on https sites; returns a text about its accounts."""
    if env["SITE_URL"].startswith("https://"):
        return ""
    database = hashlib.sha256(env.get("DATABASE_URL", "").encode()).hexdigest()
    if LOADED.exists() and LOADED.read_text() == database:
        return LATER
    with step("Loading the demo content"):
        accounts = run([python, "manage.py", "demo"], env=env)
        LOADED.write_text(database)
    return accounts


def serve(python: Path, env: Mapping[str, str], port: int, accounts: str) -> int:
    """Runs gunicorn until it stops and returns its exit code; Ctrl-C reaches it directly, SIGTERM is forwarded."""
    words: list[str | Path] = [
        python,
        "-m",
        "gunicorn",
        "-c",
        "gunicorn.conf.py",
        "--log-level=warning",
        "lernnetzwerk.wsgi",
    ]
    server = subprocess.Popen(words, env=dict(env))
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    with contextlib.suppress(KeyboardInterrupt):
        with step("Starting the server"):
            wait_until_healthy(server, port)
        announce(port, accounts)
        return server.wait()
    server.wait()
    return 0


def wait_until_healthy(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise StepFailed("The server did not start; the reason stands above.")
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
            return
        time.sleep(0.1)
    server.terminate()
    server.wait()
    raise StepFailed(f"The server did not answer within {TIMEOUT} seconds.")


def announce(port: int, accounts: str) -> None:
    here = f"http://127.0.0.1:{port}/"
    print(f"\n  portal    {here}\n  meeting   {here}{EXAMPLE}\n  editors   {here}verwaltung/")
    if accounts:
        print(textwrap.indent(accounts.strip("\n"), "  "))
    print("  stop      Ctrl-C\n", flush=True)


if __name__ == "__main__":
    command(main)
