"""What a child process may do, and what happens to one that does more; each test starts a real process."""

import resource
import signal
import sys
import time
from io import BytesIO

import pytest
from msgspec.structs import replace

from lernnetzwerk.sandbox import launcher, limits
from lernnetzwerk.sandbox.launcher import CrashedError, TimedOutError
from lernnetzwerk.sandbox.limits import ProcessLimits

pytestmark = pytest.mark.usefixtures("isolated")

LIMITED = "from lernnetzwerk.sandbox.limits import ProcessLimits, apply; apply(ProcessLimits(10, 9, output=0)); "
SHORT = ProcessLimits(wall_seconds=10, cpu_seconds=9, output=1_000)


def run(program, process=SHORT, file="/dev/null"):
    response = BytesIO()
    with open(file, "rb") as stdin:
        launcher.run([sys.executable, "-P", "-c", program], stdin, response, process)
    return response.getvalue().decode().strip()


def test_a_child_has_three_file_descriptors_and_no_secrets(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    with (tmp_path / "open").open("w"):
        listed = run("import os; print(os.getcwd(), sorted(os.environ), len(os.listdir('/proc/self/fd')))")

    assert listed == "/ ['LC_ALL', 'PYTHONDONTWRITEBYTECODE', 'PYTHONPATH'] 4"  # with that of the listing itself


def test_the_limits_are_set_in_the_child():
    names = ("AS", "CPU", "FSIZE", "CORE", "NOFILE", "NPROC")
    program = f"import resource; print([resource.getrlimit(getattr(resource, 'RLIMIT_' + n)) for n in {names}])"

    memory = 3 << 29
    assert run(LIMITED + program) == str([(memory, memory), (9, 10), (0, 0), (0, 0), (64, 64), (0, 0)])


def test_a_limit_unknown_to_the_system_is_skipped(monkeypatch):
    wanted = []

    def unknown(name, limit):
        wanted.append(name)
        raise ValueError

    monkeypatch.setattr(resource, "setrlimit", unknown)

    limits.apply(SHORT)

    assert len(wanted) == 6


@pytest.mark.parametrize(
    ("program", "code"),
    [
        (LIMITED + "open({path!r}, 'wb', 0).write(b'x')", 1),
        (LIMITED + "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_DFL); open({path!r}, 'wb', 0).write(b'x')",
         -signal.SIGXFSZ),
    ],
    ids=["Python ignores the signal", "the signal ends it"],
)  # fmt: skip
def test_a_child_cannot_write_to_a_file(program, code, tmp_path):
    path = tmp_path / "written"

    with pytest.raises(CrashedError, match=f"^ended with {code}: "):
        run(program.format(path=str(path)))

    assert path.read_bytes() == b""


def test_a_child_that_writes_without_end_is_stopped():
    with pytest.raises(CrashedError, match=r"^wrote more than 1000 bytes$"):
        run("while True: print('x' * 1000)")


@pytest.mark.parametrize(
    "program",
    [
        "import time; time.sleep(60)",
        "import os, time; os.close(1), os.close(2), time.sleep(60)",
        "import sys\nwhile True: sys.stderr.write('x' * 1000)",
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)",
    ],
    ids=["silent", "without pipes", "endless complaints", "deaf"],
)
def test_a_child_that_hangs_is_stopped_in_time(program):
    began = time.monotonic()

    with pytest.raises(TimedOutError):
        run(program, replace(SHORT, wall_seconds=0.5))

    assert time.monotonic() - began < 5


def test_a_crash_is_reported_by_its_shortened_last_line():
    with pytest.raises(CrashedError, match=r"^ended with 1: 'ValueError: x'$"):
        run("raise ValueError('x')")
    with pytest.raises(CrashedError, match=r"^ended with 1: 'y{499}'$"):
        run("raise ValueError('y' * 10_000)")


def test_a_long_response_is_received_completely():
    assert len(run("print('x' * 5_000_000)", replace(SHORT, output=5_000_001))) == 5_000_000


def test_a_file_is_read_from_its_beginning(tmp_path):
    (tmp_path / "file").write_bytes(b"abc")

    assert run("import sys; print(sys.stdin.read())", file=tmp_path / "file") == "abc"


def test_a_partly_read_file_is_copied_completely(tmp_path):
    (tmp_path / "file").write_bytes(b"x" * 100_000)
    with (tmp_path / "file").open("rb") as file:
        with launcher.on_disk(file) as source:
            assert source is file
        file.read(3)
        with launcher.on_disk(file) as source:
            assert (source is file, source.fileno() > 2, len(source.read())) == (False, True, 100_000)
        assert (file.seek(0), len(file.read())) == (0, 100_000)
