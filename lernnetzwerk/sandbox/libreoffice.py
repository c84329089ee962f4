"""Turns an Office file into a PDF with LibreOffice, where the machine has it, in a process of its own with limits.

The file is hostile: macros, updates of links and requests to other computers are switched off in the profile, which
is thrown away like all other files of the process. The PDF is as hostile as the file and is read in the sandbox.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, BinaryIO

from lernnetzwerk.sandbox.launcher import PROJECT, CrashedError, TimedOutError
from lernnetzwerk.sandbox.limits import ProcessLimits

PROGRAMS = ("soffice", "libreoffice")
FILTERS = {
    **dict.fromkeys(("pptx", "odp"), "impress_pdf_Export"),
    **dict.fromkeys(("docx", "odt"), "writer_pdf_Export"),
}
LIMITS = ProcessLimits(
    wall_seconds=120, cpu_seconds=40, output=200_000_000, memory=4 << 30, open_files=512, written=200_000_000
)
NO_PROXY = "http://127.0.0.1:9"  # a proxy that does not exist
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LC_ALL": "C.UTF-8",
    "SAL_USE_VCLPLUGIN": "svp",
    **dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy"), NO_PROXY),
}
SETTINGS = {
    ("Office.Common/Security/Scripting", "MacroSecurityLevel"): "3",
    ("Office.Common/Security/Scripting", "DisableMacrosExecution"): "true",
    ("Office.Common/Security/Scripting", "DisableActiveContent"): "true",
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
    ("Office.Writer/Content/Update", "Link"): "0",
    ("Office.Calc/Content/Update", "Link"): "1",
}
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>
"""
ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)


def find(program: str = "") -> str | None:
    """The path of `program`, or of LibreOffice where it is usually installed; None if there is none."""
    names = (program,) if program else PROGRAMS
    return next((path for path in map(shutil.which, names) if path), None)


@contextmanager
def as_pdf(program: str, source: IO[bytes], key: str) -> Iterator[BinaryIO]:
    """The PDF of `source`, a file of the type `key`; hidden slides are left out.

    Raises CrashedError, also if LibreOffice wrote nothing although it reports success, and TimedOutError.
    """
    with TemporaryDirectory(prefix="office-") as folder:
        home = Path(folder)
        with (home / f"file.{key}").open("wb") as copy:
            source.seek(0)
            shutil.copyfileobj(source, copy)
        write_profile(home)
        run(command(program, home, key), home)
        result = home / "file.pdf"
        if not result.is_file() or not result.stat().st_size:
            raise CrashedError("LibreOffice wrote no PDF")
        with result.open("rb") as pdf:
            yield pdf


def command(program: str, home: Path, key: str) -> list[str]:
    options = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"]
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    target = ["--convert-to", f"pdf:{FILTERS[key]}", "--outdir", str(home), str(home / f"file.{key}")]
    return [sys.executable, "-P", "-m", "lernnetzwerk.sandbox.limited", program, profile, *options, *target]


def write_profile(home: Path) -> None:
    folder = home / "profile" / "user"
    folder.mkdir(parents=True)
    items = "".join(ITEM.format(path=path, name=name, value=value) for (path, name), value in SETTINGS.items())
    (folder / "registrymodifications.xcu").write_text(PROFILE.format(items=items), encoding="utf-8")


def run(command: list[str], home: Path) -> None:
    """Run `command` to its end; none of its processes is left behind."""
    environment = {**ENVIRONMENT, "HOME": str(home), "TMPDIR": str(home), "PYTHONPATH": str(PROJECT)}
    nothing = subprocess.DEVNULL
    child = subprocess.Popen(  # noqa: S603 - the operator's program
        command, env=environment, cwd=home, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
    )
    try:
        code = child.wait(LIMITS.wall_seconds)
    except subprocess.TimeoutExpired:
        raise TimedOutError from None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    if code:
        raise CrashedError(f"LibreOffice ended with {code}")
