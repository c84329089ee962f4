"""`make demo-files`: writes the files of the demo, events/demo/files, with the words of content.toml.

The demo's data name them; what else lies in that folder stays as it is.
"""

from tools.demo_files.files import content, write
from tools.steps import ROOT, command

FOLDER = ROOT / "events" / "demo" / "files"


def main() -> None:
    changed = write(FOLDER, content())
    print(f"  {FOLDER.relative_to(ROOT)}: {', '.join(changed) or 'nothing changed'}")


if __name__ == "__main__":
    command(main)
