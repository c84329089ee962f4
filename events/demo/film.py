"""A short film that says of itself that it stands in for a recording: pictures, subtitles, chapters, a still."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFont

from events.demo.pictures import SAND
from events.demo.webm import vp8_frame, webm
from events.models.chapters import clock

SIZE = (640, 360)
EDGE = 40
BAR = 6


@dataclass(frozen=True)
class Scene:
    """Some seconds with one heading; each sentence of `said` is a subtitle, they share the time evenly."""

    title: str
    seconds: int
    said: tuple[str, ...]


SCENES = (
    Scene(
        "Begrüßung",
        16,
        (
            "Dies ist ein Platzhalter und keine Aufnahme eines Treffens.",
            "Er zeigt, wie ein Video im Portal aussieht.",
            "Es hat keinen Ton.",
            "Was zu sagen ist, steht in den Untertiteln.",
        ),
    ),
    Scene(
        "Untertitel und Text zum Mitlesen",
        20,
        (
            "Untertitel lädt die Redaktion als eigene Datei hoch.",
            "Aus ihnen entsteht neben dem Bild der Text zum Mitlesen.",
            "Er lässt sich lesen, durchsuchen und zitieren,",
            "auch von Menschen, die das Video nicht ansehen können.",
            "Jeder Absatz trägt die Zeit, zu der er gesagt wird.",
        ),
    ),
    Scene(
        "Springen",
        20,
        (
            "Ein Klick auf eine Zeit, und das Video läuft von dort.",
            "Die Adresse der Seite merkt sich die Stelle.",
            "So lässt sich ein Satz verschicken, nicht nur ein Film.",
            "Die Uhr im Bild zeigt,",
            "dass der Sprung gelungen ist.",
        ),
    ),
    Scene(
        "Zum Schluss",
        16,
        (
            "Kapitel gliedern auch einen langen Vortrag.",
            "Wer nur die Fragen aus dem Plenum sucht, findet sie mit einem Klick.",
            "Damit endet der Platzhalter.",
            "Bitte laden Sie hier das richtige Video hoch.",
        ),
    ),
)
SECONDS = sum(scene.seconds for scene in SCENES)


def beginnings() -> list[tuple[int, Scene]]:
    return [(sum(scene.seconds for scene in SCENES[:place]), scene) for place, scene in enumerate(SCENES)]


@cache
def film() -> bytes:
    """The same bytes each time."""
    return webm([vp8_frame(picture) for picture in pictures()], SIZE)


def pictures() -> list[Image.Image]:
    """One for each second."""
    return [_picture(scene.title, begin + second) for begin, scene in beginnings() for second in range(scene.seconds)]


def still() -> bytes:
    stream = BytesIO()
    _picture("Kurzes Video ohne Ton", 0).save(stream, "PNG")
    return stream.getvalue()


def chapters() -> str:
    return "\n".join(f"{clock(begin)} {scene.title}" for begin, scene in beginnings())


def subtitles() -> bytes:
    cues = []
    for begin, scene in beginnings():
        share = scene.seconds * 1000 // len(scene.said)
        for place, sentence in enumerate(scene.said):
            start = begin * 1000 + place * share
            cues.append(f"{_timestamp(start)} --> {_timestamp(start + share - _pause(scene, place))}\n{sentence}\n")
    return "\n".join(["WEBVTT\n", *cues]).encode()


def _pause(scene: Scene, place: int) -> int:
    """A breath after each sentence, a longer one after a scene: there a new paragraph begins."""
    return 2_000 if place == len(scene.said) - 1 else 200


def _timestamp(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 60:02}:{seconds % 60:02}.{rest:03}"


@cache
def _letters(size: int) -> ImageFont.FreeTypeFont:
    """From the file that reportlab brings along: Pillow's own letters have no umlauts."""
    return ImageFont.truetype(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf", size)


def _picture(title: str, second: int) -> Image.Image:
    canvas = Image.new("RGB", SIZE, SAND.ground)
    draw = ImageDraw.Draw(canvas)
    width, height = SIZE
    draw.text((EDGE, EDGE), "Platzhalter", SAND.strong, _letters(24))
    draw.text((EDGE, EDGE + 50), title, (40, 40, 50), _letters(32))
    draw.text((EDGE, height - 120), clock(second), SAND.strong, _letters(60))
    draw.rectangle((0, height - BAR, width, height), SAND.quiet)
    draw.rectangle((0, height - BAR, width * (second + 1) // SECONDS, height), SAND.strong)
    return canvas
