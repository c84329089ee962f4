"""`make format`: formats Python, JavaScript and style sheets, and applies the safe fixes of the linters."""

from tools import environment, frontend
from tools.check import CODE
from tools.steps import command, run, step


def main() -> None:
    ruff = environment.ensure(".venv", "test").parent / "ruff"
    frontend.install()
    with step("Python"):
        run([ruff, "check", "--fix-only", "--quiet", *CODE])
        run([ruff, "format", "--quiet", *CODE])
    with step("Scripts and styles"):
        run([frontend.BIOME, "check", "--write"], env=frontend.node_environment())


if __name__ == "__main__":
    command(main)
