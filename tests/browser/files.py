"""Files that speakers upload."""

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas


def three_pages() -> bytes:
    """Returns a PDF of three slides, the same bytes at each call."""
    stream = BytesIO()
    canvas = Canvas(stream, lang="de", invariant=True)
    for number in (1, 2, 3):
        canvas.drawString(80, 700, f"Folie {number}: Was im Quartier wirkt")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
