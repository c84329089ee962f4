"""What is found in Excel files, asked in this process."""

from io import BytesIO

import pytest

from lernnetzwerk.formats.errors import UnreadableError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.office import read as office
from lernnetzwerk.formats.office import spreadsheet
from tests.files import offices, samples
from tests.files.offices import cell, xlsx

SHARED = '<c t="s"><v>{}</v></c>'


def read(content, limits=Limits()):  # noqa: B008 - frozen
    return [(page.title, page.text) for page in office.read(BytesIO(content), "xlsx", limits).pages]


def text(rows, **book):
    return read(xlsx({"Orte": rows}, **book))[0][1]


def row(*cells, **attributes):
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<row{said}>{''.join(cells)}</row>"


def test_each_visible_sheet_is_a_page_with_its_name():
    rows = row(cell("Hamm"))

    found = read(
        xlsx(
            {"Orte": rows, "Intern": rows, "Ganz intern": rows, "Leer": ""}, states=("visible", "hidden", "veryHidden")
        )
    )

    assert found == [("Orte", "Hamm"), ("Leer", "")]


def test_text_is_read_and_numbers_and_errors_are_not():
    rows = row(
        cell("Hamm"),
        "<c><v>45355</v></c>",
        cell("17", "n"),
        cell("1", "b"),
        cell("#DIV/0!", "e"),
        cell("  in\n NRW "),
    )

    assert text(rows) == "Hamm | in NRW"


def test_formulas_give_their_result_and_never_their_source():
    rows = row(
        '<c t="str"><f>A1&amp;"geheim"</f><v>Hamm-Mitte</v></c>',
        "<c><f>SUM(A1)</f><v>4</v></c>",
        '<c t="str"><f>A2</f></c>',
    )

    assert text(rows) == "Hamm-Mitte"


def test_shared_strings_are_read_with_all_their_runs():
    rich = "<si><r><t>Prä</t></r><r><t>vention</t></r><rPh><t>yomi</t></rPh></si>"

    assert text(row(SHARED.format(1), SHARED.format(0)), strings=("<si><t>Hamm</t></si>", rich)) == "Prävention | Hamm"


@pytest.mark.parametrize("place", ["2", "-1", "", "x", "²", "9" * 5_000], ids=lambda place: place[:9])
def test_a_missing_shared_string_gives_no_text(place):
    assert text(row(SHARED.format(place), cell("Hamm")), strings=("<si><t>Unna</t></si>",)) == "Hamm"


def test_shared_strings_may_have_another_path_or_be_missing():
    content = xlsx({"Orte": row(SHARED.format(0), cell("Unna"))}, ("<si><t>Hamm</t></si>",))
    strings = offices.member(content, "xl/sharedStrings.xml")
    links = offices.relationships(("r0", "worksheet", "worksheets/sheet0.xml"), ("s", "sharedStrings", "texte.xml"))
    moved = {"xl/sharedStrings.xml": None, "xl/texte.xml": strings, "xl/_rels/workbook.xml.rels": links}

    assert read(offices.changed(content, moved)) == [("Orte", "Hamm | Unna")]
    assert read(offices.changed(content, {"xl/sharedStrings.xml": None})) == [("Orte", "Unna")]


def test_hidden_rows_and_columns_are_not_read():
    rows = row(cell("A", r="A1"), cell("B", r="B1"), cell("C", r="C1"), cell("AA", r="AA1"))
    rows += row(cell("weg"), hidden="1") + row(cell("a"), cell("b"), cell("c"))
    head = (
        '<cols><col min="2" max="2" hidden="1"/><col min="3" max="3"/><col min="27" max="16384" hidden="true"/></cols>'
    )

    assert text(rows, head=head) == "A | C\na | c"


@pytest.mark.parametrize("numbers", ['min="x" max="3"', 'max="3"', f'min="1" max="{"9" * 5_000}"', 'min="9" max="1"'])
def test_invalid_column_numbers_hide_nothing(numbers):
    assert text(row(cell("Hamm", r="A1")), head=f'<cols><col {numbers} hidden="1"/></cols>') == "Hamm"


@pytest.mark.parametrize(
    ("place", "column"),
    [("A1", 1), ("Z9", 26), ("AA10", 27), ("XFD1048576", 16_384), ("", 0), ("17", 0), ("Ä1", 0), ("A" * 99, 0)],
)
def test_a_cell_reference_gives_its_column(place, column):
    assert spreadsheet.column_of(place) == column


def test_the_declared_size_of_a_sheet_is_ignored():
    head = '<dimension ref="A1:XFD1048576"/>'
    rows = row(cell("oben", r="A1"), r="1") + row(cell("unten", r="XFD1048576"), r="1048576")

    assert text(rows, head=head) == "oben\nunten"


def test_text_is_cut_at_its_limits():
    rows = "".join(row(cell("Wort")) for _ in range(4))
    content = xlsx({"Eins": rows, "Zwei": rows})

    assert read(content, Limits(characters_per_page=9)) == [("Eins", "Wort\nWort"), ("Zwei", "Wort\nWort")]
    assert read(content, Limits(characters=21)) == [("Eins", "Wort\nWort\nWort\nWort"), ("Zwei", "Wo")]
    assert read(content, Limits(pages=1)) == [("Eins", "Wort\nWort\nWort\nWort")]


def test_rows_and_strings_have_limits(monkeypatch):
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 2)
    monkeypatch.setattr(spreadsheet, "MOST_STRINGS", 1)
    strings = ("<si><t>Hamm</t></si>", "<si><t>Unna</t></si>")

    rows = row(SHARED.format(0), SHARED.format(1)) + row(cell("Zwei")) + row(cell("Drei"))

    assert text(rows, strings=strings) == "Hamm\nZwei"


def test_an_external_sheet_is_not_followed():
    content = xlsx({"Orte": row(cell("Hamm"))})
    links = offices.relationships(("r0", "worksheet", "worksheets/sheet0.xml", "External"))

    found = office.read(BytesIO(offices.changed(content, {"xl/_rels/workbook.xml.rels": links})), "xlsx", Limits())

    assert (found.pages, found.active_content) == ([], ["external"])


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'


BOOK, SHEET, STRINGS = "xl/workbook.xml", "xl/worksheets/sheet0.xml", "xl/sharedStrings.xml"


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        *((name, how) for name in (BOOK, SHEET, STRINGS) for how in ("cut", "document type")),
        (BOOK, "gone"),
        (SHEET, "gone"),
    ],
)
def test_a_damaged_workbook_is_damaged(name, damage):
    content = xlsx({"Orte": row(SHARED.format(0))}, ("<si><t>Hamm</t></si>",))
    whole = offices.member(content, name)
    broken = {"cut": whole[:-5], "document type": BOMB + whole.replace("Hamm", "&c;"), "gone": None}[damage]

    with pytest.raises(UnreadableError, match=r"^Die Datei ist beschädigt\.$"):
        read(offices.changed(content, {name: broken}))


def test_an_archive_without_a_workbook_is_damaged():
    with pytest.raises(UnreadableError):
        read(samples.archive({"a.txt": "x"}))
