"""Reads the memory of a process from /proc; without /proc the functions return None."""

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


def proportional(process: int) -> int | None:
    """Returns the memory in bytes, with its part of what it shares with other processes (PSS)."""
    return _bytes(process, "Pss:", "smaps_rollup")


def forget_peak(process: int) -> None:
    with suppress(OSError):
        Path(f"/proc/{process}/clear_refs").write_text("5")


def _bytes(process: int, name: str, file: str = "status") -> int | None:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/{file}").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * 1024
    return None
