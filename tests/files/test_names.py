from hypothesis import given
from hypothesis import strategies as st

from lernnetzwerk.files.names import ascii_name, clean_name


def test_paths_and_invisible_characters_are_removed_from_names():
    assert clean_name("../../etc/passwd.pdf") == "passwd.pdf"
    assert clean_name("C:\\Users\\anna\\Folien.pdf") == "Folien.pdf"
    assert clean_name("Fol\x00ien\r\nSet-Cookie: a.pdf") == "Folien Set-Cookie: a.pdf"
    assert clean_name("Foto\u202efdp.exe") == "Fotofdp.exe"
    assert clean_name("  Grüße   aus Köln.pdf . ") == "Grüße aus Köln.pdf"
    assert clean_name("a\ud800b.pdf") == "ab.pdf"


def test_long_names_are_shortened_and_keep_their_extension():
    assert clean_name("ä" * 10_000 + ".pdf") == "ä" * 116 + ".pdf"


def test_an_empty_name_gets_a_default():
    assert clean_name("\x00/..") == "Datei"


def test_the_fallback_is_readable_german():
    assert ascii_name("Präventionsketten – Größe „XL“.pdf") == "Praeventionsketten - Groesse _XL_.pdf"


def test_the_fallback_keeps_letters_of_other_languages():
    assert ascii_name("Błaszczyk Иванова – Sæther.pdf") == "Blaszczyk Ivanova - Saether.pdf"


@given(st.text())
def test_no_name_breaks_a_header_or_a_database(name):
    clean = clean_name(name)

    assert 0 < len(clean) <= 120
    assert clean == clean_name(clean)
    assert not any(ord(char) < 32 or 0xD800 <= ord(char) < 0xE000 for char in clean)
    assert all(32 <= ord(char) < 127 and char not in '"\\%' for char in ascii_name(clean))
