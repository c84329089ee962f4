"""`make fonts`: cuts the fonts of the site from those of the npm package, one file for each range and weight.

The files lack letters outside the ranges of `_fonts.scss`, features that no style uses, and hinting: half of the bytes.
"""

import re
import shutil
from pathlib import Path

from fontTools import subset

from tools.steps import ROOT, command

STYLES = ROOT / "lernnetzwerk" / "styles" / "_fonts.scss"
PACKAGE = ROOT / "node_modules" / "@fontsource" / "fira-sans"
FOLDER = ROOT / "lernnetzwerk" / "static" / "lernnetzwerk" / "fonts"
SOURCES = {"latin": "latin", "names": "latin-ext", "rare": "latin-ext"}
WEIGHTS = (400, 600)
FEATURES = ["ccmp", "kern", "liga", "tnum"]


def main() -> None:
    write(FOLDER)
    sizes = ", ".join(f"{path.stem} {path.stat().st_size / 1000:.0f} kB" for path in sorted(FOLDER.glob("*.woff2")))
    print(f"  {FOLDER.relative_to(ROOT)}: {sizes}")


def write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(PACKAGE / "LICENSE", folder / "LICENSE")
    for name, letters in ranges(STYLES.read_text()).items():
        for weight in WEIGHTS:
            cut(source(name, weight), letters, folder / f"fira-sans-{name}-{weight}.woff2")


def source(name: str, weight: int) -> Path:
    return PACKAGE / "files" / f"fira-sans-{SOURCES[name]}-{weight}-normal.woff2"


def ranges(styles: str) -> dict[str, set[int]]:
    """Returns the code points of each variable of the style sheet that lists a `unicode-range`, by its name."""
    found = re.findall(r"^\$(\w+):\s*(U\+[^;]+);", styles, re.MULTILINE)
    return {name: {point for part in listed.split(",") for point in points(part.strip())} for name, listed in found}


def points(part: str) -> range:
    """Returns the code points of `U+131` or `U+152-153`."""
    first, _, last = part.removeprefix("U+").partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


def cut(whole: Path, letters: set[int], target: Path) -> None:
    options = subset.Options(flavor="woff2", hinting=False, layout_features=FEATURES, name_IDs=["*"])
    with subset.load_font(str(whole), options) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=letters)
        subsetter.subset(font)
        subset.save_font(font, str(target), options)


if __name__ == "__main__":
    command(main)
