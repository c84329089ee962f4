"""`make lock`: resolves pyproject.toml into requirements/*.txt: exact versions with hashes, without index URLs."""

from pathlib import Path

from tools import environment
from tools.steps import ROOT, command, run, step

OPTIONS = ["--universal", "--generate-hashes", "--no-emit-index-url", "--custom-compile-command=make lock", "--upgrade"]
NEXT = "Django>=6.0\n"  # what `make test-next` takes instead of the version in pyproject.toml


def main() -> None:
    uv = environment.ensure(".venv-lock", "lock").parent / "uv"
    project = ["pyproject.toml"]
    resolve(uv, "production", *project)
    within = "--constraints=requirements/production.txt"
    resolve(uv, "s3", *project, "--extra=s3", within)
    resolve(uv, "test", *project, "--extra=s3", "--group=test", within)
    for group in ("lock", "node", "postgres"):
        resolve(uv, group, f"--group={group}")
    overrides = ROOT / "build" / "next.txt"
    overrides.parent.mkdir(exist_ok=True)
    overrides.write_text(NEXT)
    resolve(
        uv,
        "next",
        *project,
        "--extra=s3",
        "--group=test",
        f"--overrides={overrides.relative_to(ROOT)}",
        "--python-version=3.12",
    )


def resolve(uv: Path, name: str, *sources: str) -> None:
    version = [] if any(source.startswith("--python-version") for source in sources) else ["--python-version=3.11"]
    with step(f"Resolving {name}"):
        run([uv, "pip", "compile", *sources, *OPTIONS, *version, f"--output-file=requirements/{name}.txt"])


if __name__ == "__main__":
    command(main)
