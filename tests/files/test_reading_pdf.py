"""What is found inside PDFs, asked in this process; the child around it has tests of its own."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from lernnetzwerk.formats.errors import UnreadableError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.pdf import read as pdf
from tests.files import papers

QUICK = Limits(pictured_pages=0)
PICTURED = Limits(picture_seconds=0)  # the first page is pictured all the same


def read(content, limits=QUICK):
    return pdf.read(BytesIO(content), "pdf", limits)


# --- what it says of itself -------------------------------------------------------------------------------------------


def test_a_tagged_file_has_headings_and_described_figures():
    content = papers.tagged(
        [("/Title", {}), ("/Figure", {"Alt": "Eine Kette"}), ("/Figure", {})],
        [("/P", {}), ("/Figure", {"ActualText": "42 %"}), ("/Figure", {"Alt": "  "})],
    )

    found = read(content)

    assert (found.is_tagged, found.language, found.title) == (True, "de-DE", "Kette")
    assert (found.has_headings, found.figures, found.figures_described) == (True, 4, 2)
    assert (found.is_scan, found.is_encrypted, found.active_content) == (False, False, [])


def test_custom_structure_types_are_mapped_to_standard_ones():
    elements = [("/Ueberschrift", {}), ("/Bild", {"Alt": "Kette"})]

    found = read(papers.tagged(elements, roles={"/Ueberschrift": "/H2", "/Bild": "/Figure"}))
    assert (found.has_headings, found.figures, found.figures_described) == (True, 1, 1)

    found = read(papers.tagged(elements))
    assert (found.has_headings, found.figures, found.figures_described) == (False, 0, 0)


def test_structure_types_mapped_to_each_other_are_ignored():
    found = read(papers.tagged([("/A", {})], roles={"/A": "/B", "/B": "/A"}))

    assert (found.is_tagged, found.has_headings) == (True, False)


def test_a_very_long_description_counts_as_a_description():
    found = read(papers.tagged([("/Figure", {"Alt": "Kette " * 5_000})]))

    assert (found.figures, found.figures_described) == (1, 1)


def test_structure_elements_are_counted_up_to_a_limit():
    elements = [("/Figure", {})] * 30

    assert read(papers.tagged(elements, elements), Limits(picture_seconds=0, elements=40)).figures == 40


@pytest.mark.parametrize(
    ("headings", "is_skipping"),
    [(["/H1", "/H2", "/H1"], False), (["/H1", "/H3"], True), (["/H2"], True), (["/H", "/P"], False)],
    ids=str,
)
def test_headings_that_skip_a_level_are_noted(headings, is_skipping):
    found = read(papers.tagged([(name, {}) for name in headings[:1]], [(name, {}) for name in headings[1:]]))

    assert found.remarks == (["skipped_headings"] if is_skipping else [])


@pytest.mark.parametrize(
    ("elements", "language"),
    [
        ([("/H1", {"Lang": "de-DE"}), ("/P", {"Lang": "de-DE"})], "de-DE"),
        ([("/P", {"Lang": "de"})] * 3 + [("/P", {"Lang": "en"})], "de"),
        ([("/P", {"Lang": "en"}), ("/P", {}), ("/P", {})], ""),
        ([("/P", {"Lang": "<b>"})], ""),
    ],
    ids=["all", "most", "one", "invalid"],
)
def test_the_language_may_stand_at_the_elements(elements, language):
    assert read(papers.tagged(elements, language="")).language == language
    assert read(papers.tagged(elements, language="fr")).language == "fr"


def test_an_untagged_file_has_unknown_headings_and_figures():
    found = read(papers.paper("Seite"))

    assert (found.is_tagged, found.has_headings, found.figures, found.figures_described) == (False, None, None, None)
    assert (found.language, found.outline) == ("", [])


@pytest.mark.parametrize(
    ("said", "understood"),
    [("de-DE", "de-DE"), ("de_DE", "de-DE"), ("en", "en"), ("", ""), ("<b>de</b>", ""), ("Deutsch, was sonst", "")],
)
def test_only_a_valid_language_is_read(said, understood):
    assert read(papers.tagged([], language=said)).language == understood


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Präven\u00adtion\r\nwirkt", "Prävention wirkt"),
        ("\0\x07 ", ""),
        ("Wort " * 200, "Wort " * 99 + "…"),
        ("x" * 600, "x" * 499 + "…"),
    ],
    ids=["broken", "nothing", "long", "one word"],
)
def test_a_title_is_one_line_of_bounded_length(said, shown):
    title = read(papers.tagged([], title=said)).title

    assert title.replace(" …", "…") == shown.replace(" …", "…")
    assert len(title) <= 500


# --- text and scans ---------------------------------------------------------------------------------------------------


def test_each_page_has_its_text_with_hyphenated_words_joined():
    found = read(papers.paper("Die Präventions-\nkette wirkt.", "", "Land-\nund Kreis"))

    assert [(page.number, page.text) for page in found.pages] == [
        (1, "Die Präventionskette wirkt."),
        (2, ""),
        (3, "Land- und Kreis"),
    ]


@pytest.mark.parametrize(
    ("content", "is_scan"),
    [
        (papers.scan(1), True),
        (papers.scan(3, words=1), True),
        (papers.scan(2, words=1), False),
        (papers.scan(1, words=1), False),
        (papers.paper("", ""), False),
    ],
    ids=["scan", "mostly", "half", "with text", "blank"],
)
def test_a_scan_is_pictures_of_pages_without_text(content, is_scan):
    assert read(content).is_scan is is_scan


def test_text_is_cut_at_its_limits():
    content = papers.paper(*["Wort Wort Wort"] * 3)

    found = read(content, Limits(picture_seconds=0, characters_per_page=4, characters=6))

    assert [page.text for page in found.pages] == ["Wort", "Wo", ""]


def test_at_most_a_thousand_pages_are_read():
    found = read(papers.paper(*map(str, range(1, 1_051))), Limits(picture_seconds=0))

    assert (len(found.pages), found.pages[-1].number, found.pages[-1].text) == (1_000, 1_000, "1000")
    assert {picture.page for picture in found.pictures} == {1}


# --- outline ----------------------------------------------------------------------------------------------------------


def test_the_outline_has_levels_and_pages_and_no_dead_entries():
    found = read(papers.outlined())

    assert [(one.level, one.title, one.page) for one in found.outline] == [
        (1, "Teil 1", 1),
        (2, "Kapitel", 2),
        (3, "Abschnitt", 2),
        (1, "Teil 2", 3),
    ]


def test_a_circular_outline_is_read_once():
    found = read(papers.outlined_in_a_circle(), Limits(picture_seconds=0, outline=50))

    assert len(found.outline) <= 50
    assert {(one.title, one.page) for one in found.outline} <= {("Anfang", 1), ("Ende", 2)}
    assert len(found.pages) == 2


def test_outline_entries_are_read_up_to_a_limit():
    assert len(read(papers.outlined(), Limits(picture_seconds=0, outline=2)).outline) == 2


# --- pictures ---------------------------------------------------------------------------------------------------------


def sizes(content, limits=PICTURED):
    found = []
    for picture in read(content, limits).pictures:
        with Image.open(BytesIO(picture.content)) as image:
            image.load()
            assert (image.format, image.size) == ("WEBP", (picture.width, picture.height))
        found.append((picture.page, picture.size, picture.width, picture.height))
    return found


def test_each_page_is_rendered_in_two_sizes():
    assert sizes(papers.paper("a", "b", size=(960, 540)), Limits()) == [
        (1, "small", 480, 270),
        (1, "large", 1400, 788),
        (2, "small", 480, 270),
        (2, "large", 1400, 788),
    ]


@pytest.mark.parametrize(
    ("size", "small", "large"),
    [
        (papers.A4, (480, 679), (1400, 1981)),
        ((14_400, 14_400), (480, 480), (1400, 1400)),
        ((1_000_000, 1_000_000), (480, 480), (1400, 1400)),
        ((14_400, 3), (480, 1), (1400, 1)),
        ((3, 14_400), (1, 680), (1, 2000)),
    ],
    ids=str,
)
def test_pictures_of_any_paper_size_keep_their_maximum_size(size, small, large):
    assert sizes(papers.paper("", size=size)) == [(1, "small", *small), (1, "large", *large)]


def test_rotated_pages_are_rendered_upright():
    found = read(papers.rotated(0, 90, 180, 270), Limits())

    small = [(one.width, one.height) for one in found.pictures if one.size == "small"]
    assert small == [(480, 679), (480, 339), (480, 679), (480, 339)]
    assert [page.text for page in found.pages] == ["Seite"] * 4


@pytest.mark.parametrize(
    ("limits", "pictured"),
    [
        (Limits(pictured_pages=2), [1, 1, 2, 2]),
        (Limits(picture_seconds=0), [1, 1]),
        (Limits(picture_bytes=100), []),
    ],
    ids=["pages", "seconds", "bytes"],
)
def test_pictures_have_limits_that_do_not_affect_text(limits, pictured):
    found = read(papers.paper("a", "b", "c"), limits)

    assert [picture.page for picture in found.pictures] == pictured
    assert [page.text for page in found.pages] == ["a", "b", "c"]


# --- what is broken ---------------------------------------------------------------------------------------------------


def test_a_damaged_file_that_still_opens_is_read_with_a_remark():
    found = read(papers.without_its_table(), PICTURED)

    assert ([page.text for page in found.pages], found.remarks) == (["Noch lesbar"], ["repaired"])
    assert len(found.pictures) == 2


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"<html>", papers.paper("a")[:200]], ids=str)
def test_a_file_that_does_not_open_is_damaged(content):
    with pytest.raises(UnreadableError, match=r"^Die Datei ist beschädigt\.$"):
        read(content)


WHOLE = papers.tagged([("/H1", {}), ("/Figure", {"Alt": "Kette"})], [("/P", {})])


@settings(max_examples=settings.default.max_examples // 10)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=30))
def test_a_mutated_tagged_file_is_read_or_unreadable(changes):
    content = bytearray(WHOLE)
    for place, value in changes:
        content[place] = value

    try:
        found = read(bytes(content), PICTURED)
    except UnreadableError:
        return
    assert (found.figures_described or 0) <= (found.figures or 0)
    assert all(entry.page >= 1 for entry in found.outline)
