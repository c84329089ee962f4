"""Text that a page does not show is left out and told to editors; the text layer of a scan stays."""

from io import BytesIO

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.pdf import invisible
from lernnetzwerk.formats.pdf import read as pdf
from tests.files import samples
from tests.files.papers import A4

SECRET = "Nicht zu sehen"


def drawn(draw):
    """A PDF of one page with "Sichtbar" and what `draw` adds."""
    stream = BytesIO()
    page = canvas.Canvas(stream, pagesize=A4)
    page.drawString(72, 770, "Sichtbar")
    draw(page)
    page.showPage()
    page.save()
    return stream.getvalue()


def read(draw, limits=Limits(pictured_pages=0)):  # noqa: B008 - it is frozen
    found = pdf.read(BytesIO(drawn(draw)), "pdf", limits)
    return found.pages[0].text.split("\n"), found.hidden_content


def secret(page, mode=0, size=12):
    text = page.beginText(72, 500)
    text.setFont("Helvetica", size)
    text.setTextRenderMode(mode)
    text.textOut(SECRET)
    page.drawText(text)


def white(page):
    page.setFillColorRGB(1, 1, 1)
    secret(page)


def transparent(page):
    page.setFillAlpha(0)
    secret(page)


def below(page, *color, alpha=1.0):
    secret(page)
    page.setFillColorRGB(*color)
    page.setFillAlpha(alpha)
    page.rect(60, 480, 300, 50, stroke=0, fill=1)


def photo(page, box, size=(60, 80)):
    noise = samples.image("PNG", size, color=(200, 40, 40))
    page.drawImage(ImageReader(BytesIO(noise)), *box)


def in_form(page, draw, x=0):
    page.beginForm("innen")
    draw(page)
    page.endForm()
    page.translate(x, 0)
    page.doForm("innen")


def on_a_panel(page):
    page.setFillColorRGB(0, 0.2, 0.4)
    page.rect(60, 480, 300, 50, stroke=0, fill=1)
    white(page)


def covered_by_a_photo(page):
    secret(page)
    photo(page, (60, 480, 300, 50))


def framed(page):
    """In the hole of a filled shape that is drawn later."""
    secret(page)
    frame = page.beginPath()
    frame.rect(60, 480, 300, 50)
    frame.rect(65, 485, 290, 40)
    page.drawPath(frame, stroke=0, fill=1, fillMode=0)


HIDDEN = {
    "white on white": white,
    "white in white, outlined in white": lambda page: (page.setStrokeColorRGB(1, 1, 1), white(page), secret(page, 2)),
    "transparent": transparent,
    "no ink": lambda page: secret(page, 3),
    "tiny": lambda page: secret(page, size=0.5),
    "below a white box": lambda page: below(page, 1, 1, 1),
    "below a black box": lambda page: below(page, 0, 0, 0),
    "below a photo": covered_by_a_photo,
    "white in a form": lambda page: in_form(page, white),
    "below a box in a form": lambda page: in_form(page, lambda page: below(page, 0, 0, 0), x=20),
}
SEEN = {
    "black": secret,
    "outlined": lambda page: secret(page, 1),
    "white on a panel": on_a_panel,
    "white on a panel, in a form": lambda page: in_form(page, on_a_panel, x=20),
    "white on a photo": lambda page: (photo(page, (60, 480, 300, 50)), white(page)),
    "below a box one can see through": lambda page: below(page, 1, 1, 0, alpha=0.4),
    "in a frame, in a form": lambda page: in_form(page, framed, x=250),
    "half transparent": lambda page: (page.setFillAlpha(0.5), secret(page)),
    "beside a box": lambda page: (secret(page), page.rect(300, 480, 100, 50, stroke=0, fill=1)),
    "light grey": lambda page: (page.setFillGray(0.9), secret(page)),
}


@pytest.mark.parametrize("draw", HIDDEN.values(), ids=HIDDEN)
def test_text_that_nobody_sees_is_left_out_and_told(draw):
    assert read(draw) == (["Sichtbar"], {"invisible": 1})


@pytest.mark.parametrize("draw", SEEN.values(), ids=SEEN)
def test_text_that_can_be_seen_stays(draw):
    assert read(draw) == (["Sichtbar", SECRET], {})


def scanned(page, mode=3, is_above=True):
    """A picture of the whole page with recognised text above it, or below."""
    if is_above:
        photo(page, (0, 0, *A4))
        secret(page, mode)
    else:
        secret(page, mode)
        photo(page, (0, 0, *A4))


@pytest.mark.parametrize(
    "draw",
    [scanned, lambda page: scanned(page, 0, is_above=False), lambda page: scanned(page, 3, is_above=False)],
    ids=["invisible above", "below", "invisible below"],
)
def test_the_text_layer_of_a_scan_stays(draw):
    assert read(draw) == (["Sichtbar", SECRET], {})


def strips(page):
    """A scan in seventy strips, as some devices store it, below the recognised text."""
    for number in range(70):
        photo(page, (0, number * 10, A4[0], 10))
    page.saveState()
    secret(page, 3)
    page.restoreState()


@pytest.mark.parametrize(
    "draw",
    [strips, lambda page: (photo(page, (0, 0, A4[0], 520)), page.saveState(), secret(page, 3), page.restoreState())],
    ids=["in strips", "of most of the page"],
)
def test_the_text_layer_stays_beside_visible_text(draw):
    """As of a scanned form letter whose file number was printed into it later."""
    assert read(lambda page: (draw(page), page.drawString(72, 700, "Aktenzeichen"))) == (
        ["Sichtbar", SECRET, "Aktenzeichen"],
        {},
    )


@pytest.mark.parametrize(
    "box",
    [(60, 480, 300, 50), (0, 0, A4[0], 400), (0, 520, A4[0], 200), (40, 460, 200, 200)],
    ids=["a small picture", "beside a large one", "below a large one", "a logo"],
)
def test_text_without_ink_on_a_picture_that_is_no_scan_is_left_out(box):
    assert read(lambda page: (photo(page, box), secret(page, 3))) == (["Sichtbar"], {"invisible": 1})


def test_invisible_text_beside_a_scan_is_left_out():
    def draw(page):
        photo(page, (0, 0, A4[0], 480))
        for line in range(12):
            page.drawText(layer_line(page, 400 - 20 * line))
        secret(page, 3)

    texts, hidden = read(draw)

    assert (texts.count("Erkannt"), SECRET in texts, hidden) == (12, False, {"invisible": 1})


def layer_line(page, y):
    text = page.beginText(72, y)
    text.setTextRenderMode(3)
    text.textOut("Erkannt")
    return text


def test_comparing_leaves_the_text_beside_a_form_field():
    def draw(page):
        below(page, 1, 1, 0, alpha=0.4)
        page.acroForm.textfield(name="ort", value="Hamm", x=72, y=300, width=200, height=20)

    assert read(draw) == (["Sichtbar", SECRET, "Hamm"], {})


@pytest.mark.parametrize("count", [400, 4_000])
def test_the_number_of_comparisons_is_bounded(count, monkeypatch):
    asked = []
    monkeypatch.setattr(invisible, "is_around", lambda outer, box: asked.append(box) or False)
    box = (0.0, 0.0, 10.0, 10.0)
    texts = [invisible.Text(None, box, 0, False, False, True, False) for _ in range(count)]

    found = list(invisible.doubtful(texts, [invisible.Paint(box, 1, False, False)] * count))

    assert (len(found), len(asked)) == (count, min(count * count, invisible.MOST_COMPARISONS))


def test_a_page_with_too_much_to_compare_keeps_its_text():
    assert read(white, Limits(pictured_pages=0, comparison_seconds=0)) == (["Sichtbar", SECRET], {})


def test_reading_leaves_the_pictures_as_they_are():
    content = drawn(white)

    with_text, without = (
        pdf.read(BytesIO(content), "pdf", Limits(pages=pages)).pictures[1].content for pages in (1, 0)
    )

    assert with_text == without
