"""A PDF that stands where slides were shown but not handed down, and says so on each page."""

from io import BytesIO

from reportlab.lib.pagesizes import A5, landscape
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = landscape(A5)
MARGIN = 40


def placeholder_pdf(title: str, author: str, pages: int) -> bytes:
    """`pages` landscape pages; the same input gives the same bytes."""
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT), invariant=1, lang="de")
    canvas.setTitle(f"Platzhalter: {title}")
    canvas.setAuthor("Lernnetzwerk, Demo-Inhalt")
    for page in range(1, pages + 1):
        _draw(canvas, title, author, f"Seite {page} von {pages}")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _draw(canvas: Canvas, title: str, author: str, number: str) -> None:
    canvas.setFont("Helvetica-Bold", 30)
    canvas.drawString(MARGIN, HEIGHT - 90, "Platzhalter")
    canvas.setFont("Helvetica-Bold", 13)
    canvas.drawString(MARGIN, HEIGHT - 130, title[:70])
    canvas.setFont("Helvetica", 12)
    canvas.drawString(MARGIN, HEIGHT - 150, author)
    canvas.drawString(MARGIN, HEIGHT - 200, "Die gezeigten Folien sind nicht überliefert.")
    canvas.drawString(
        MARGIN, HEIGHT - 218, "Diese Datei steht an ihrer Stelle, damit sich das Herunterladen ausprobieren lässt."
    )
    canvas.drawString(MARGIN, MARGIN, number)
