"""A short film, marked as a placeholder for a recording: frames, still and subtitles."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import reportlab
from PIL import Image, ImageDraw, ImageFont

from tools.demo_files.pictures import SAND
from tools.demo_files.webm import vp8_frame, webm

SIZE = (640, 360)
EDGE = 40
BAR = 6
# milliseconds without subtitles after a sentence, and after the last sentence of a scene
PAUSE, LONG_PAUSE = 200, 2_000

Scene = dict[str, Any]  # `title`, `seconds`, and `said`: sentences that get equal shares of the time


def film(scenes: Sequence[Scene]) -> bytes:
    return webm([vp8_frame(picture) for picture in pictures(scenes)], SIZE)


def pictures(scenes: Sequence[Scene]) -> list[Image.Image]:
    """One picture for each second."""
    titles = [scene["title"] for scene in scenes for _second in range(scene["seconds"])]
    return [_picture(title, second, len(titles)) for second, title in enumerate(titles)]


def still(title: str, scenes: Sequence[Scene]) -> bytes:
    stream = BytesIO()
    _picture(title, 0, sum(scene["seconds"] for scene in scenes)).save(stream, "PNG")
    return stream.getvalue()


def subtitles(scenes: Sequence[Scene]) -> bytes:
    """The sentences as WebVTT; the pause after a scene makes the transcript begin a new paragraph."""
    cues, start = [], 0
    for scene in scenes:
        share = scene["seconds"] * 1000 // len(scene["said"])
        pauses = [PAUSE] * (len(scene["said"]) - 1) + [LONG_PAUSE]
        for sentence, pause in zip(scene["said"], pauses, strict=True):
            cues.append(f"{_timestamp(start)} --> {_timestamp(start + share - pause)}\n{sentence}\n")
            start += share
    return "\n".join(["WEBVTT\n", *cues]).encode()


def _timestamp(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 60:02}:{seconds % 60:02}.{rest:03}"


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """Vera, a font that is part of reportlab; Pillow's built-in font has no umlauts."""
    return ImageFont.truetype(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf", size)


def _picture(title: str, second: int, seconds: int) -> Image.Image:
    canvas = Image.new("RGB", SIZE, SAND.ground)
    draw = ImageDraw.Draw(canvas)
    width, height = SIZE
    draw.text((EDGE, EDGE), "Platzhalter", SAND.strong, _font(24))
    draw.text((EDGE, EDGE + 50), title, (40, 40, 50), _font(32))
    draw.text((EDGE, height - 120), f"{second // 60}:{second % 60:02}", SAND.strong, _font(60))
    draw.rectangle((0, height - BAR, width, height), SAND.quiet)
    draw.rectangle((0, height - BAR, width * (second + 1) // seconds, height), SAND.strong)
    return canvas
