import resource
from contextlib import suppress

from msgspec import Struct


class ProcessLimits(Struct, frozen=True):
    """What one child process may use. The launcher enforces `wall_seconds` and `output`, the system all others."""

    wall_seconds: float
    cpu_seconds: int
    output: int  # bytes on standard output
    memory: int = 3 << 29  # 1.5 GiB of address space: a WebP of 50 megapixels takes 1.0
    open_files: int = 64
    written: int = 0  # bytes to files; a child of ours answers through a pipe and starts no process


def apply(limits: ProcessLimits) -> None:
    """Limit the running process, irrevocably."""
    wanted = {
        resource.RLIMIT_AS: (limits.memory, limits.memory),
        # SIGXCPU tells the reason; with equal soft and hard limits, Linux sends SIGKILL.
        resource.RLIMIT_CPU: (limits.cpu_seconds, limits.cpu_seconds + 1),
        resource.RLIMIT_FSIZE: (limits.written, limits.written),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_NOFILE: (limits.open_files, limits.open_files),
    }
    if not limits.written:
        wanted[resource.RLIMIT_NPROC] = (0, 0)  # neither processes nor threads
    for name, limit in wanted.items():
        with suppress(ValueError, OSError):  # macOS does not limit the address space
            resource.setrlimit(name, limit)
