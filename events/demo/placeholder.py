"""PDFs of the demo, which say on each page what they are: placeholders for lost slides, and invented examples."""

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.pagesizes import A5, landscape
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from events.demo.tagging import marked, tagged

WIDTH, HEIGHT = landscape(A5)
MARGIN = 40
PLACEHOLDER = (
    "Die gezeigten Folien sind nicht überliefert.",
    "Diese Datei steht an ihrer Stelle, damit sich das Herunterladen ausprobieren lässt.",
)
SAMPLE = "Erfunden, um das Portal zu zeigen. Kein Dokument des Lernnetzwerks."


def placeholder_pdf(title: str, author: str, pages: int) -> bytes:
    """`pages` landscape pages; the same input gives the same bytes."""
    stream = BytesIO()
    canvas = _canvas(stream, f"Platzhalter: {title}")
    for page in range(1, pages + 1):
        if page == 1:
            _ground(canvas)
        _head(canvas, "Platzhalter", title, author)
        for line, sentence in enumerate(PLACEHOLDER):
            canvas.drawString(MARGIN, HEIGHT - 200 - 18 * line, sentence)
        _finish(canvas, f"Seite {page} von {pages}")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def sample_pdf(name: str, title: str, author: str, points: Sequence[str], is_tagged: bool = False) -> bytes:
    """A cover and one page for each of `points`; `name` says what it is, such as `Beispielfolien`."""
    stream = BytesIO()
    canvas = _canvas(stream, f"{name}: {title}")
    for page, point in enumerate(["", *points], start=1):
        if page == 1:
            _ground(canvas)
        with marked(canvas, "H1", 0):
            _head(canvas, name, title, author)
        with marked(canvas, "P", 1):
            _point(canvas, point)
            _finish(canvas, f"Seite {page} von {len(points) + 1} · {SAMPLE}")
        canvas.showPage()
    canvas.save()
    return tagged(stream.getvalue(), [["H1", "P"]] * (len(points) + 1)) if is_tagged else stream.getvalue()


def _point(canvas: Canvas, point: str) -> None:
    canvas.setFont("Helvetica-Bold", 20)
    for line, words in enumerate(simpleSplit(point, "Helvetica-Bold", 20, WIDTH - 2 * MARGIN)):
        canvas.drawString(MARGIN, HEIGHT - 210 - 28 * line, words)
    canvas.setFont("Helvetica", 12)


def _canvas(stream: BytesIO, title: str) -> Canvas:
    canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT), invariant=1, lang="de")
    canvas.setTitle(title)
    canvas.setAuthor("Lernnetzwerk, Demo-Inhalt")
    return canvas


def _ground(canvas: Canvas) -> None:
    """A cover that can be told from a page."""
    canvas.setFillColorRGB(0.97, 0.94, 0.9)
    canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
    canvas.setFillColorRGB(0.66, 0.31, 0.17)
    canvas.rect(0, 0, 14, HEIGHT, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)


def _head(canvas: Canvas, name: str, title: str, author: str) -> None:
    canvas.setFont("Helvetica-Bold", 30)
    canvas.drawString(MARGIN, HEIGHT - 90, name)
    canvas.setFont("Helvetica-Bold", 13)
    canvas.drawString(MARGIN, HEIGHT - 130, title[:70])
    canvas.setFont("Helvetica", 12)
    canvas.drawString(MARGIN, HEIGHT - 150, author)


def _finish(canvas: Canvas, foot: str) -> None:
    canvas.drawString(MARGIN, MARGIN, foot)
