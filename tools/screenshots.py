"""`make screenshots`: pictures of every kind of page, narrow and wide, light and dark, and contact sheets of them."""

import shutil
from pathlib import Path
from typing import Literal

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser

from tools.steps import ROOT, command, step
from tools.visits import SETTLED, VISITOR, chromium_browser, demo_portal, page_kinds, sitemap

FOLDER = ROOT / "build" / "screenshots"
Scheme = Literal["light", "dark"]
WIDTHS = {375: 812, 1280: 900}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
STATES = {
    "not found": "/gibt-es-nicht/",
    "nobody found": "/personen/?q=xqz",
    "materials as a list": "/materialien/?ansicht=liste",
    "thanks": "/barriere-melden/danke/",
}
MOST = 5000  # pixels of a page on the contact sheet; its own picture shows the whole page
COLUMNS = {375: 8, 1280: 5}
TILE = {375: 300, 1280: 480}
GAP, LABEL, PAPER, INK = 24, 40, (236, 234, 230), (40, 40, 40)


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with demo_portal() as site, chromium_browser() as browser:
        paths = {**page_kinds(site.url, sitemap(site.url)), **STATES}
        for width, height in WIDTHS.items():
            for scheme in SCHEMES:
                with step(f"Pictures at {width} px, {scheme}"):
                    pictures = take(browser, site.url, paths, (width, height), scheme)
                    contact_sheet(pictures, width, scheme).save(FOLDER / f"sheet-{width}-{scheme}.png")
    print(f"\n  {FOLDER.relative_to(ROOT)}/sheet-*.png, the single pages beside them")


def take(browser: Browser, url: str, paths: dict[str, str], size: tuple[int, int], scheme: Scheme) -> dict[str, Path]:
    """Takes a picture of each whole page; returns the files by kind of page."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, **VISITOR)
    page = context.new_page()
    folder = FOLDER / f"{width}-{scheme}"
    folder.mkdir()
    pictures = {}
    for number, (kind, path) in enumerate(paths.items(), start=1):
        pictures[kind] = folder / f"{number:02}-{kind.replace(' ', '-')}.png"
        page.goto(url + path, wait_until="networkidle")
        page.evaluate(SETTLED)
        page.screenshot(path=pictures[kind], full_page=True)
    context.close()
    return pictures


def contact_sheet(pictures: dict[str, Path], width: int, scheme: str) -> Image.Image:
    """Returns all pictures in rows, with a label above each; a row is as high as its longest page."""
    tiles = [(kind, tile(path, TILE[width])) for kind, path in pictures.items()]
    columns = COLUMNS[width]
    rows = [tiles[start : start + columns] for start in range(0, len(tiles), columns)]
    heights = [max(image.height for _kind, image in row) + LABEL + GAP for row in rows]
    sheet = Image.new("RGB", (columns * (TILE[width] + GAP) + GAP, sum(heights) + GAP), PAPER)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(size=22)
    for row, top in zip(rows, (GAP + sum(heights[:place]) for place in range(len(rows))), strict=True):
        for column, (kind, image) in enumerate(row):
            left = GAP + column * (TILE[width] + GAP)
            draw.text((left, top), f"{kind} · {width} · {scheme}", INK, font)
            sheet.paste(image, (left, top + LABEL))
    return sheet


def tile(path: Path, width: int) -> Image.Image:
    with Image.open(path) as picture:
        upper = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, MOST)))
    return upper.resize((width, max(1, upper.height * width // upper.width)), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    command(main)
