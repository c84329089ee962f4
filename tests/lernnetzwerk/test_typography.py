"""German typography changes the text of finished pages, never tags or attributes."""

import pytest

from lernnetzwerk.text.typography import typeset

NBSP, JOINER = "\u00a0", "\u2060"


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ("Prof. Dr. Matthias Knuth", f"Prof.{NBSP}Dr.{NBSP}Matthias Knuth"),
        ("29.–30. November 2018", f"29.–{JOINER}30.{NBSP}November 2018"),
        ("9. März", f"9.{NBSP}März"),
        ("Nr. 21 · z. B. § 5 DDG", f"Nr.{NBSP}21 · z.{NBSP}B. §{NBSP}5 DDG"),
        ("SGB II und SGB III", f"SGB{NBSP}II und SGB{NBSP}III"),
        ("PDF, 8 Seiten, 2,4 MB", f"PDF, 8{NBSP}Seiten, 2,4{NBSP}MB"),
        ("10:15 Uhr, Raum 3", f"10:15{NBSP}Uhr, Raum{NBSP}3"),
        ("in 3 Kommunen", f"in 3{NBSP}Kommunen"),
        ("Tag für Tag in Raum und Zeit", "Tag für Tag in Raum und Zeit"),
        ("12 Monatsmittel", "12 Monatsmittel"),
        ('sie sagte "so" und ging', "sie sagte „so“ und ging"),
        ("das &quot;Case-Management&quot; in Lünen", "das „Case-Management“ in Lünen"),
        ("5&quot; und 3&quot;", "5&quot; und 3&quot;"),
        ("an amt@kreis-unna.de.", 'an <span class="mail">amt@<wbr>kreis-unna<wbr>.de</span>.'),
        ("von @amt und amt@haus", "von @amt und amt@haus"),
        ("", ""),
    ],
)
def test_non_breaking_spaces_and_german_quotation_marks_are_set(plain, set_):
    assert typeset(plain) == set_


def test_attributes_scripts_and_typed_text_are_not_changed():
    html = '<a title="Dr. X a@b.de">Nr. 5</a><textarea>Nr. 5 &quot;so&quot; a@b.de</textarea><script>"Nr. 5"</script>'

    assert typeset(html) == html.replace(">Nr. 5</a>", f">Nr.{NBSP}5</a>")


def test_a_page_is_typeset_and_its_title_is_not(client, db):
    from tests.factories import make_event

    event = make_event(title="Treffen am 9. März")

    page = client.get(event.get_absolute_url()).content.decode()

    assert f"Treffen am 9.{NBSP}März</h1>" in page
    assert "<title>Treffen am 9. März –" in page
