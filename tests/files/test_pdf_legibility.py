"""Text without usable letters is told from tables, formulas and other scripts."""

from io import BytesIO
from pathlib import Path

import pytest
import reportlab
from pypdf.generic import NameObject
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.pdf import read as pdf
from lernnetzwerk.formats.pdf.legibility import is_legible
from tests.files.papers import changed

GARBLED = {
    "signs": "% (-.48&79)& E.*8*7 T&9?.89 1*8'&7-8 *.3U*=9 .89*8 3.(-9/",
    "control characters": "\x03\x04\x05\x06\x07\x0e\x0f\x10" * 5,
    "private use": "\ue001\ue002\ue003 \ue004\ue005" * 5,
    "replacement characters": "\ufffd\ufffd\ufffd",
}
LEGIBLE = {
    "words": "Präventionsketten wirken, wenn Kommunen früh beginnen.",
    "title": "Q & A",
    "short": "%-&",
    "numbers": "12,5 % 34.567,00 € (3,4) -17 % 2019/20 1:3 +4,0 ‰ 7* 8** 12,5% 99,1% 3.4e-5 100&200",
    "formula": "∑(xᵢ−x̄)²/(n−1)=σ² ⇒ f(x)=a·x²+b·x+c, (a+b)²=a²+2ab+b² ∫f(x)dx≤1 E=m·c² p(A|B)=p(B|A)·p(A)/p(B)",
    "Arabic": "الوقاية تبدأ مبكرا في البلديات وتستمر",
    "Greek": "Η πρόληψη ξεκινά νωρίς στους δήμους",
    "Ukrainian": "Профілактика починається рано в громадах",
    "Chinese": "预防工作应当尽早在社区开始进行并且持续下去每个孩子都需要帮助",
    "addresses": "www.beispiel.de/?a=1&b=2&c=3 https://beispiel.de/suche?q=kita&seite=2&ort=hamm muster@beispiel.de",
    "code": 'for (int i = 0; i < n; i++) { summe += werte[i] & maske; printf("%d\\n", summe); }',
    "gender": "Erzieher*innen, Lehrer:innen und Schüler*innen, Mitarbeiter*innen, Teilnehmer*innen und viele mehr",
    "leaders": "Einleitung ........................ 3\nErgebnisse ........................ 17",
    "abbreviations": "KJHG SGB VIII § 16 Abs. 2 Nr. 1 AG 78 JHP ASD KiTa-Plätze U3/Ü3",
    "nothing": " \n",
}


@pytest.mark.parametrize("name", GARBLED)
def test_text_without_letters_is_not_legible(name):
    assert not is_legible(GARBLED[name], 0)


@pytest.mark.parametrize("name", LEGIBLE)
def test_what_people_write_is_legible(name):
    assert is_legible(LEGIBLE[name], 0.1)


@pytest.mark.parametrize(
    ("text", "is_expected"),
    [("Guten Tag, das ist ein alter Aufsatz.", True), ("3UlYHQWLRQVNHWWHQ ZLUNHQ", False), ("&'()*", False)],
)
def test_characters_unknown_to_the_font_are_legible_if_they_make_words(text, is_expected):
    assert is_legible(text, 1) is is_expected


ACCENTS = "äöüß éèêë ñçàâ îïôû ÄÖÜÉ"  # the font of the test gives them codes of its own


def with_embedded_font(text):
    registerFont(TTFont("Vera", Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"))
    stream = BytesIO()
    paper = canvas.Canvas(stream)
    paper.setFont("Vera", 12)
    paper.drawString(72, 700, text)
    paper.showPage()
    paper.setFont("Helvetica", 12)
    paper.drawString(72, 700, "Zweite Seite")
    paper.save()
    return stream.getvalue()


def without_letters(writer):
    """Remove the tables that say which glyph is which letter."""
    for font in writer.pages[0]["/Resources"]["/Font"].values():
        font.get_object().pop(NameObject("/ToUnicode"), None)


def test_a_page_whose_font_has_no_table_of_letters_has_no_text():
    content = with_embedded_font(ACCENTS)

    whole, garbled = (
        pdf.read(BytesIO(one), "pdf", Limits(pictured_pages=0)) for one in (content, changed(content, without_letters))
    )

    assert ([page.text for page in whole.pages], whole.remarks) == ([ACCENTS, "Zweite Seite"], [])
    assert ([page.text for page in garbled.pages], garbled.remarks) == (["", "Zweite Seite"], ["garbled"])
    assert garbled.is_scan is False
