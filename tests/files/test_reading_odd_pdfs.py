"""PDFs that are odd, broken in places, or closed; asked in this process."""

from io import BytesIO

import pytest
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from lernnetzwerk.formats.errors import UnreadableError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.pdf import read as pdf
from lernnetzwerk.reading.tasks import read_file
from tests.factories import make_file
from tests.files import papers, samples
from tests.files.papers import changed, dictionary, paper

FIT = NameObject("/Fit")
QUICK = Limits(pictured_pages=0)


def read(content, limits=QUICK):
    return pdf.read(BytesIO(content), "pdf", limits)


def texts(content):
    return [page.text for page in read(content).pages]


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [lambda _writer: NullObject(), lambda _writer: NumberObject(7), lambda writer: IndirectObject(999, 0, writer)],
    ids=["nothing", "a number", "missing"],
)
def test_a_broken_page_loses_only_itself(page):
    content = changed(paper("a", "b", "c"), lambda writer: replace_page(writer, 1, page(writer)))

    found = read(content, Limits())

    assert [(page.number, page.text) for page in found.pages] == [(1, "a"), (2, ""), (3, "c")]
    assert sorted({picture.page for picture in found.pictures}) == [1, 3]


def replace_page(writer, number, page):
    writer.root_object["/Pages"]["/Kids"][number] = page


def test_a_file_without_one_whole_page_is_damaged():
    def change(writer):
        for number in (0, 1):
            replace_page(writer, number, NullObject())

    with pytest.raises(UnreadableError, match=r"^Die Datei ist beschädigt\.$"):
        read(changed(paper("a", "b"), change))


@pytest.mark.parametrize(
    ("said", "found"),
    [(5, ["a", "b", "", "", ""]), (1, ["a"]), (0, ["a", "b"]), (-3, ["a", "b"]), (2**31 - 1, ["a", "b"])],
)
def test_a_file_that_miscounts_its_pages_is_read(said, found):
    count = {NameObject("/Count"): NumberObject(said)}

    assert texts(changed(paper("a", "b"), lambda writer: writer.root_object["/Pages"].update(count))) == found


@pytest.mark.django_db
@pytest.mark.usefixtures("isolated")  # PDFium has no error of its own for this and would give that of another file
def test_a_file_without_pages_is_damaged():
    stored_file = make_file(samples.pdf_without_pages())

    read_file(stored_file.pk)

    assert (stored_file.reading.state, stored_file.reading.reason) == ("failed", "Die Datei ist beschädigt.")


@pytest.mark.parametrize("key", ["Contents", "MediaBox", "Resources", "Rotate"])
def test_a_page_with_nonsense_content_is_read(key):
    content = changed(paper("a", "b"), lambda writer: writer.pages[0].update({NameObject(f"/{key}"): NumberObject(3)}))

    found = read(content, Limits())

    assert ([page.number for page in found.pages], found.pages[1].text) == ([1, 2], "b")
    assert {picture.page for picture in found.pictures} == {1, 2}


# --- title ------------------------------------------------------------------------------------------------------------


def with_title(raw):
    def change(writer):
        writer.add_metadata({"/Title": "x"})
        writer._info.get_object()[NameObject("/Title")] = ByteStringObject(raw)

    return changed(paper("a"), change)


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("Prävention – Kette".encode("utf-16"), "Prävention – Kette"),
        (b"\xfe\xff" + "Prävention – Kette".encode("utf-16-be"), "Prävention – Kette"),
        (b"\xef\xbb\xbf" + "Prävention".encode(), "Prävention"),
        (b"Pr\xe4vention \x85 Kette", "Prävention – Kette"),
        (b"\xfe\xff\xd8\x00\x00a", "a"),
        (b"\xfe\xff\xd8\x00", ""),
        (b"\xfe\xff\x00", ""),
        (b"\xfe\xff", ""),
        (b"", ""),
    ],
    ids=["little", "big", "UTF-8", "PDFDocEncoding", "half a pair", "half alone", "half a letter", "mark", "nothing"],
)
def test_titles_are_decoded_from_every_encoding(raw, title):
    found = read(with_title(raw))

    assert (found.title, found.pages[0].text) == (title, "a")


# --- outline ----------------------------------------------------------------------------------------------------------


def outlined(change):
    def add(writer):
        entry = writer.add_outline_item(title="Ziel", page_number=0).get_object()
        entry.pop("/Dest", None)
        entry.pop("/A", None)
        change(writer, entry)

    found = read(changed(paper("a", "b"), add))
    assert [page.text for page in found.pages] == ["a", "b"]
    return [(entry.title, entry.page) for entry in found.outline]


def destination(page):
    return ArrayObject([page, FIT])


def action(kind, **values):
    return {NameObject("/A"): dictionary(S=NameObject(f"/{kind}"), **values)}


@pytest.mark.parametrize(
    ("page", "expected"), [(1, [("Ziel", 2)]), (2, []), (99, []), (-1, []), (2**31 - 1, [])], ids=str
)
def test_outline_entries_lead_to_existing_pages(page, expected):
    dest = {NameObject("/Dest"): destination(NumberObject(page))}

    assert outlined(lambda _writer, entry: entry.update(dest)) == expected


def test_outline_entries_follow_named_destinations_and_actions():
    def by_name(writer, entry):
        writer.add_named_destination("ziel", 1)
        entry[NameObject("/Dest")] = TextStringObject("ziel")

    def by_action(writer, entry):
        entry.update(action("GoTo", D=destination(writer.pages[1].indirect_reference)))

    assert outlined(by_name) == [("Ziel", 2)]
    assert outlined(by_action) == [("Ziel", 2)]


@pytest.mark.parametrize(
    "leading",
    [
        action("GoToR", F=TextStringObject("andere.pdf"), D=destination(NumberObject(1))),
        action("URI", URI=TextStringObject("https://beispiel.de/")),
        action("Launch", F=TextStringObject("boese.exe")),
        {NameObject("/Dest"): TextStringObject("fehlt")},
        {},
    ],
    ids=["other file", "web", "program", "no such name", "nowhere"],
)
def test_outline_entries_that_lead_elsewhere_are_ignored(leading):
    assert outlined(lambda _writer, entry: entry.update(leading)) == []


def test_an_outline_title_with_a_broken_character_keeps_the_rest():
    def change(writer, entry):
        entry[NameObject("/Title")] = ByteStringObject(b"\xfe\xff\xd8\x00\x00Z")
        entry[NameObject("/Dest")] = destination(NumberObject(0))

    assert outlined(change) == [("Z", 1)]


def test_an_outline_is_read_up_to_a_maximum_depth():
    def change(writer):
        parent = None
        for number in range(300):
            parent = writer.add_outline_item(title=f"Ebene {number + 1}", page_number=0, parent=parent)

    levels = [entry.level for entry in read(changed(paper("a"), change)).outline]

    assert levels == [1, 2, 3, 4, 5, 6]


# --- closed files and facts -------------------------------------------------------------------------------------------


def test_a_file_with_a_password_is_not_opened():
    with pytest.raises(UnreadableError, match=r"^Die Datei ist mit einem Kennwort verschlüsselt\.$"):
        read(samples.pdf(password="geheim"))


@pytest.mark.parametrize(
    ("marked", "is_tagged"), [(None, False), (DictionaryObject(), False), (dictionary(Marked=NullObject()), False)]
)
def test_a_file_is_tagged_if_it_declares_so(marked, is_tagged):
    def change(writer):
        writer.root_object.pop("/MarkInfo", None)
        if marked is not None:
            writer.root_object[NameObject("/MarkInfo")] = marked

    found = read(changed(papers.tagged([("/H1", {}), ("/Figure", {})]), change))

    assert (found.is_tagged, found.has_headings, found.figures) == (is_tagged, None, None)
