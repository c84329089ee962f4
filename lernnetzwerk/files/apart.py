"""Run the inspection in a process of its own: hostile files may exhaust or crash that one, not the portal."""

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File

from lernnetzwerk.files.inspection import RefusedError
from lernnetzwerk.files.types import FileType

SECONDS = 20
PROJECT = Path(__file__).resolve().parents[2]
# No secrets: the child knows neither the settings nor the environment of the portal.
ENVIRONMENT = {"PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}

logger = logging.getLogger("lernnetzwerk.files")


def inspect_apart(upload: File, type_: FileType) -> tuple[dict[str, Any], bytes]:
    """Facts about the content, and the re-encoded content of an image (else nothing). Raises RefusedError."""
    limits = {"max_pixels": settings.FILES_MAX_PIXELS, "max_size": settings.FILES_MAX_SIZE, "seconds": SECONDS}
    command = [sys.executable, "-P", "-m", "lernnetzwerk.files.inspection", type_.key, json.dumps(limits)]
    try:
        done = run(command, upload)
    except subprocess.TimeoutExpired:
        raise RefusedError(
            "Die Prüfung der Datei dauerte zu lange. Bitte vereinfachen Sie die Datei oder teilen Sie sie auf."
        ) from None
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        logger.warning("inspection of a %s ended with %s: %r", type_.key, done.returncode, reason)
        raise RefusedError("Die Datei ließ sich nicht prüfen: Sie ist beschädigt oder zu aufwendig aufgebaut.")
    head, _, content = done.stdout.partition(b"\n")
    findings = json.loads(head)
    if sentence := findings.pop("refused", None):
        raise RefusedError(sentence)
    return findings, content


def run(command: list[str], upload: File) -> subprocess.CompletedProcess[bytes]:
    options: dict[str, Any] = {"capture_output": True, "timeout": SECONDS, "env": ENVIRONMENT, "cwd": "/"}
    if hasattr(upload, "temporary_file_path"):
        with open(upload.temporary_file_path(), "rb") as file:
            return subprocess.run(command, check=False, stdin=file, **options)  # noqa: S603 - our own interpreter and module
    upload.seek(0)
    return subprocess.run(command, check=False, input=upload.read(), **options)  # noqa: S603 - as above
