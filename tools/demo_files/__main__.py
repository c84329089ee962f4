"""`make demo-files`: writes the demo's files to events/demo/files, with the texts of content.toml.

Other files in that folder stay unchanged.
"""

from tools.demo_files.files import content, write
from tools.steps import ROOT, command

FOLDER = ROOT / "events" / "demo" / "files"


def main() -> None:
    changed = write(FOLDER, content())
    print(f"  {FOLDER.relative_to(ROOT)}: {', '.join(changed) or 'nothing changed'}")


if __name__ == "__main__":
    command(main)
