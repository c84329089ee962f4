"""Reads the current and peak memory of a process from /proc; without /proc `resident` and `peak` return None."""

from contextlib import suppress
from pathlib import Path


def workers(master: int) -> list[int]:
    """Returns the ids of the child processes of `master`, gunicorn's first process."""
    with suppress(OSError):
        return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]
    return []


def resident(process: int) -> int | None:
    """Returns the resident memory in bytes."""
    return _bytes(process, "VmRSS:")


def peak(process: int) -> int | None:
    """Returns the largest resident memory in bytes since the process started or since `forget_peak`."""
    return _bytes(process, "VmHWM:")


def forget_peak(process: int) -> None:
    with suppress(OSError):
        Path(f"/proc/{process}/clear_refs").write_text("5")


def _bytes(process: int, name: str) -> int | None:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * 1024
    return None
