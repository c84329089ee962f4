"""`make architecture`: draws docs/architecture.svg from the layer contracts that import-linter checks."""

import re
import tomllib
from itertools import pairwise
from typing import Any

from tools.steps import ROOT, command

PICTURE = ROOT / "docs" / "architecture.svg"
RULE = "Imports run downwards only. Packages side by side do not import each other."

# Pixels of the drawing; pages scale it to their width.
WIDTH, MARGIN, ARROW = 680, 20, 28
CAPTION, PANEL_GAP = 34, 14
PADDING, HEADING, ROW, GAP = 10, 36, 36, 6

# Literal colours, because an SVG embedded as an image cannot read the CSS variables of the site.
STYLE = """\
  .page { fill: #fff; stroke: #d5ccc3; }
  .panel { fill: #f6f1ec; stroke: #d5ccc3; }
  .box { fill: #fff; stroke: #bfb1a5; }
  .arrow { fill: none; stroke: #94512f; stroke-width: 2; }
  text { fill: #1d1d29; font: 15px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; text-anchor: middle; }
  .name { font-weight: 600; font-size: 17px; }
  .rule { fill: #5a5563; text-anchor: start; }
  @media (prefers-color-scheme: dark) {
    .page { fill: #14141c; stroke: #3d3731; }
    .panel { fill: #221d19; stroke: #4a4038; }
    .box { fill: #332b25; stroke: #75665a; }
    .arrow { stroke: #e8ac8c; }
    text { fill: #f1eeea; }
    .rule { fill: #b9b2ab; }
  }"""

Layers = list[list[str]]  # from top to bottom; the packages of one layer stand side by side


class Architecture:
    """The layers of the project and of its packages, read from import-linter's contracts in pyproject.toml."""

    def __init__(self, pyproject: dict[str, Any]) -> None:
        contracts = [one for one in pyproject["tool"]["importlinter"]["contracts"] if one["type"] == "layers"]
        containers = {name: layers_of(one) for one in contracts for name in one.get("containers", [])}
        self.layers: Layers = next(layers_of(one) for one in contracts if "containers" not in one)
        self.locative = {name: containers[name] for layer in self.layers for name in layer if name in containers}


def layers_of(contract: dict[str, Any]) -> Layers:
    return [re.findall(r"[\w.]+", layer) for layer in contract["layers"]]


def draw(architecture: Architecture) -> str:
    """Returns the picture as SVG; the same contracts give the same bytes."""
    left, top = MARGIN + ARROW, MARGIN + CAPTION
    shapes: list[str] = []
    y = top
    for layer in architecture.layers:
        height = max(height_of(architecture.locative.get(name, [])) for name in layer)
        for name, x, width in side_by_side(layer, left, WIDTH - MARGIN, PANEL_GAP):
            shapes += panel(name, architecture.locative.get(name, []), x, y, width, height)
        y += height + PANEL_GAP
    bottom = y - PANEL_GAP
    tip = f"M{MARGIN + 8} {top}V{bottom}m-6-8 6 8 6-8"
    shapes = [f'<path class="arrow" d="{tip}"/>', *shapes]
    return page(architecture, bottom + MARGIN, shapes)


def height_of(inside: Layers) -> int:
    return HEADING + len(inside) * (ROW + GAP) + (PADDING - GAP if inside else 0)


def side_by_side(names: list[str], left: int, right: int, gap: int) -> list[tuple[str, int, int]]:
    """Returns (name, left edge, width) of each box in pixels; together the boxes fill the given space."""
    edges = [left + (right + gap - left) * place // len(names) for place in range(len(names) + 1)]
    return [(name, here, after - gap - here) for name, (here, after) in zip(names, pairwise(edges), strict=True)]


def panel(name: str, inside: Layers, x: int, y: int, width: int, height: int) -> list[str]:
    shapes = [box("panel", x, y, width, height), label("name", name, x + width // 2, y + HEADING // 2)]
    for number, layer in enumerate(inside):
        row = y + HEADING + number * (ROW + GAP)
        for part, left, across in side_by_side(layer, x + PADDING, x + width - PADDING, GAP):
            shapes += [box("box", left, row, across, ROW), label("part", part, left + across // 2, row + ROW // 2)]
    return shapes


def box(kind: str, x: int, y: int, width: int, height: int) -> str:
    return f'<rect class="{kind}" x="{x}.5" y="{y}.5" width="{width}" height="{height}" rx="4"/>'


def label(kind: str, text: str, x: int, middle: int) -> str:
    return f'<text class="{kind}" x="{x}" y="{middle + 5}">{text}</text>'


def page(architecture: Architecture, height: int, shapes: list[str]) -> str:
    body = "\n".join(f"  {shape}" for shape in shapes)
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" \
aria-labelledby="title description">
  <title id="title">The packages of the portal and who may import whom</title>
  <desc id="description">{description(architecture)}</desc>
  <style>
{STYLE}
  </style>
  <rect class="page" x=".5" y=".5" width="{WIDTH - 1}" height="{height - 1}" rx="8"/>
  <text class="rule" x="{MARGIN}" y="{MARGIN + 15}">{RULE}</text>
{body}
</svg>
"""


def description(architecture: Architecture) -> str:
    whole = f"{RULE} From the top: {in_words(architecture.layers)}."
    return " ".join([whole, *(f"Inside {name}: {in_words(layers)}." for name, layers in architecture.locative.items())])


def in_words(layers: Layers) -> str:
    return "; ".join(", ".join(layer) for layer in layers)


def load() -> Architecture:
    return Architecture(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8")))


def main() -> None:
    PICTURE.write_text(draw(load()), encoding="utf-8")
    print(f"Written: {PICTURE.relative_to(ROOT)}")


if __name__ == "__main__":
    command(main)
