"""PDFs for the demo: placeholders for lost slides, and invented samples; each page is marked as such."""

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.pagesizes import A5, landscape
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from tools.demo_files.tagging import marked, tagged

WIDTH, HEIGHT = landscape(A5)
MARGIN = 40
PLACEHOLDER = (
    "Die gezeigten Folien liegen nicht vor.",
    "Diese Datei ist ein Platzhalter.",
)
SAMPLE = "Erfundener Inhalt. Kein Dokument des Lernnetzwerks."


def placeholder_pdf(title: str, author: str, pages: Sequence[dict[str, str]]) -> bytes:
    """A cover and a page for each heading with its sentence, with an outline; equal input gives equal bytes."""
    stream = BytesIO()
    canvas = _canvas(stream, f"Platzhalter: {title}")
    canvas.showOutline()
    _background(canvas)
    with marked(canvas, "H1", 0):
        _head(canvas, "Platzhalter", title, author)
    with marked(canvas, "P", 1):
        _sentences(canvas, PLACEHOLDER, HEIGHT - 220)
        _finish(canvas, f"Seite 1 von {len(pages) + 1}")
    _end_page(canvas, title)
    for number, page in enumerate(pages, start=2):
        with marked(canvas, "H2", 0):
            _lines(canvas, page["heading"], "Helvetica-Bold", 26, HEIGHT - 90)
        with marked(canvas, "P", 1):
            _sentences(canvas, [page["sentence"]], HEIGHT - 150)
            _finish(canvas, f"Seite {number} von {len(pages) + 1} · Platzhalter, keine Folie des Vortrags")
        _end_page(canvas, page["heading"])
    canvas.save()
    return tagged(stream.getvalue(), [["H1", "P"], *[["H2", "P"]] * len(pages)])


def sample_pdf(name: str, title: str, points: Sequence[str], author: str = "", is_tagged: bool = False) -> bytes:
    """A cover and one page for each of `points`; `name` is the label of each page, such as `Beispielfolien`."""
    stream = BytesIO()
    canvas = _canvas(stream, f"{name}: {title}")
    for page, point in enumerate(["", *points], start=1):
        if page == 1:
            _background(canvas)
        with marked(canvas, "H1", 0):
            _head(canvas, name, title, author)
        with marked(canvas, "P", 1):
            _point(canvas, point)
            _finish(canvas, f"Seite {page} von {len(points) + 1} · {SAMPLE}")
        canvas.showPage()
    canvas.save()
    return tagged(stream.getvalue(), [["H1", "P"]] * (len(points) + 1)) if is_tagged else stream.getvalue()


def _point(canvas: Canvas, point: str) -> None:
    _lines(canvas, point, "Helvetica-Bold", 20, HEIGHT - 220)
    canvas.setFont("Helvetica", 12)


def _sentences(canvas: Canvas, sentences: Sequence[str], top: float) -> None:
    for sentence in sentences:
        top = _lines(canvas, sentence, "Helvetica", 16, top)
    canvas.setFont("Helvetica", 12)


def _end_page(canvas: Canvas, heading: str) -> None:
    place = f"page{canvas.getPageNumber()}"
    canvas.bookmarkPage(place)
    canvas.addOutlineEntry(heading, place)
    canvas.showPage()


def _lines(canvas: Canvas, words: str, font: str, size: int, top: float) -> float:
    """Draws the text, broken between words, and returns the vertical position of the next line."""
    canvas.setFont(font, size)
    for line in simpleSplit(words, font, size, WIDTH - 2 * MARGIN):
        canvas.drawString(MARGIN, top, line)
        top -= 1.4 * size
    return top


def _canvas(stream: BytesIO, title: str) -> Canvas:
    canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT), invariant=1, lang="de")
    canvas.setTitle(title)
    canvas.setAuthor("Lernnetzwerk, Demo-Inhalt")
    return canvas


def _background(canvas: Canvas) -> None:
    """Colours the cover, which distinguishes it from the other pages."""
    canvas.setFillColorRGB(0.97, 0.94, 0.9)
    canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
    canvas.setFillColorRGB(0.66, 0.31, 0.17)
    canvas.rect(0, 0, 14, HEIGHT, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)


def _head(canvas: Canvas, name: str, title: str, author: str) -> None:
    canvas.setFont("Helvetica-Bold", 30)
    canvas.drawString(MARGIN, HEIGHT - 90, name)
    below = _lines(canvas, title, "Helvetica-Bold", 13, HEIGHT - 130)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(MARGIN, below, author)


def _finish(canvas: Canvas, foot: str) -> None:
    canvas.drawString(MARGIN, MARGIN, foot)
