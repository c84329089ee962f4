"""The text of a page is what the page shows: hidden text is left out, filled fields are in."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)

from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.pdf import layers
from lernnetzwerk.formats.pdf import read as pdf
from tests.files.papers import changed, dictionary, paper

LAYER, OTHER = "Lösungen", "Anderes"


def read(content):
    return pdf.read(BytesIO(content), "pdf", Limits(pictured_pages=0))


def text(content):
    return "\n\n".join(page.text for page in read(content).pages)


# --- outside the visible part of the page -----------------------------------------------------------------------------


def cropped(*box):
    def change(writer):
        writer.pages[0].cropbox = RectangleObject(box)

    return changed(paper("Oben und noch mehr\nMitte\n\n\n\n\n\n\n\nUnten"), change)


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ((0, 0, 595, 842), "Oben und noch mehr\nMitte\nUnten"),
        ((0, 700, 595, 842), "Oben und noch mehr\nMitte"),
        ((0, 762, 100, 842), "Oben"),
        ((300, 0, 595, 842), ""),
        ((-900, -900, 9000, 9000), "Oben und noch mehr\nMitte\nUnten"),
    ],
    ids=["all", "upper lines", "first word", "margin", "larger than the page"],
)
def test_text_outside_the_crop_box_is_left_out(box, expected):
    assert text(cropped(*box)) == expected


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_the_crop_box_of_a_rotated_page_is_that_of_its_content(degrees):
    def change(writer):
        writer.pages[0].cropbox = RectangleObject((0, 750, 595, 842))
        writer.pages[0].rotate(degrees)

    assert text(changed(paper("Oben\n\n\n\n\n\n\n\nUnten"), change)) == "Oben"


def test_text_beside_the_page_is_left_out():
    def change(writer):
        add(writer, b"BT /F1 12 Tf 900 500 Td (VERBORGEN) Tj ET BT /F1 12 Tf 72 -50 Td (VERBORGEN) Tj ET")

    found = read(changed(paper("Sichtbar"), change))

    assert ([page.text for page in found.pages], found.hidden_content) == (["Sichtbar"], {"cropped": 1})


def test_text_outside_a_clipping_path_is_left_out():
    def change(writer):
        add(
            writer,
            b"q 0 0 300 400 re W n BT /F1 12 Tf 72 500 Td (VERBORGEN) Tj ET BT /F1 12 Tf 72 300 Td (Offen) Tj ET Q "
            b"BT /F1 12 Tf 72 100 Td (Danach) Tj ET",
        )

    found = read(changed(paper("Sichtbar"), change))

    assert ([page.text for page in found.pages], found.hidden_content) == (["Sichtbar\nOffen\nDanach"], {"cropped": 1})


def test_text_outside_the_frame_of_a_placed_page_is_left_out():
    def change(writer):
        resources = writer.pages[0]["/Resources"]
        placed = form(writer, {**resources, "/Properties": dictionary()}, BBox=RectangleObject((0, 250, 595, 350)))
        resources[NameObject("/XObject")] = dictionary(Placed=placed)
        add(writer, b"q 1 0 0 1 9 9 cm /Placed Do Q")

    assert text(changed(paper("Sichtbar"), change)) == "Sichtbar\nVorlage"


def add(writer, content):
    """Further content of the first page."""
    page, stream = writer.pages[0], DecodedStreamObject()
    stream.set_data(page.get_contents().get_data() + b"\n" + content)
    page[NameObject("/Contents")] = writer._add_object(stream)


# --- layers -----------------------------------------------------------------------------------------------------------


def with_layers(content, **config):
    """A page with "Sichtbar", and `content`, which may use the layers /L (`config` has its state) and /M."""

    def change(writer):
        first = writer._add_object(dictionary(Type=NameObject("/OCG"), Name=TextStringObject(LAYER)))
        second = writer._add_object(dictionary(Type=NameObject("/OCG"), Name=TextStringObject(OTHER)))
        settings = {key: value(first, second) if callable(value) else value for key, value in config.items()}
        usage = settings.pop("Usage", None)
        if usage:
            first.get_object()[NameObject("/Usage")] = usage
        membership = settings.pop("OCMD", dictionary(Type=NameObject("/OCMD"), OCGs=first))
        writer.root_object[NameObject("/OCProperties")] = dictionary(
            OCGs=ArrayObject([first, second]), D=dictionary(**settings)
        )
        names = dictionary(L=first, M=second, D=writer._add_object(membership))
        resources = writer.pages[0]["/Resources"]
        resources[NameObject("/Properties")] = names
        resources[NameObject("/XObject")] = dictionary(
            Plain=form(writer, resources), Hidden=form(writer, resources, OC=first)
        )
        add(writer, content)

    return changed(paper("Sichtbar"), change)


def form(writer, resources, **keys):
    stream = DecodedStreamObject()
    stream.set_data(b"BT /F1 12 Tf 72 300 Td (Vorlage) Tj ET /OC /L BDC BT /F1 12 Tf 72 200 Td (LAYER) Tj ET EMC")
    stream.update(
        dictionary(
            Type=NameObject("/XObject"),
            Subtype=NameObject("/Form"),
            Resources=dictionary(Font=resources["/Font"], Properties=resources["/Properties"]),
            **{"BBox": RectangleObject((0, 0, 595, 842)), **keys},
        )
    )
    return writer._add_object(stream)


def off(first, _second):
    return ArrayObject([first])


def both(first, second):
    return ArrayObject([first, second])


def shown(name):
    return b"/OC /%s BDC BT /F1 12 Tf 72 500 Td (LAYER) Tj ET EMC BT /F1 12 Tf 72 400 Td (Danach) Tj ET" % name


VISIBLE = "Sichtbar\nLAYER\nDanach"
FIRST = "Sichtbar"
HIDDEN = "Sichtbar\nDanach"


@pytest.mark.parametrize(
    ("content", "config", "expected"),
    [
        (shown(b"L"), {}, VISIBLE),
        (shown(b"L"), {"OFF": off}, HIDDEN),
        (shown(b"M"), {"OFF": off}, VISIBLE),
        (shown(b"L"), {"BaseState": NameObject("/OFF")}, HIDDEN),
        (shown(b"L"), {"BaseState": NameObject("/OFF"), "ON": off}, VISIBLE),
        (shown(b"L"), {"Usage": dictionary(View=dictionary(ViewState=NameObject("/OFF")))}, HIDDEN),
        (shown(b"D"), {"OFF": off}, HIDDEN),
        (
            b"/OC /L BDC /Span BMC BT /F1 12 Tf 72 500 Td (LAYER) Tj [(LAYER)] TJ (LAYER) ' ET EMC EMC",
            {"OFF": off},
            "Sichtbar",
        ),
        (b"/OC /L BDC BT /F1 12 Tf 72 500 Td (LAYER) Tj ET", {"OFF": off}, FIRST),
        (b"/Plain Do", {"OFF": off}, "Sichtbar\nVorlage"),
        (b"/Plain Do", {}, "Sichtbar\nVorlage\nLAYER"),
        (b"/Hidden Do", {"OFF": off}, FIRST),
        (b"/OC /L BDC /Plain Do EMC", {"OFF": off}, FIRST),
    ],
    ids=[
        "on",
        "off",
        "other off",
        "all off",
        "all but one off",
        "off by usage",
        "member of one off",
        "nested",
        "unclosed",
        "in a form",
        "in a form, on",
        "form of a layer",
        "form in a layer",
    ],
)
def test_text_of_layers_that_are_off_is_left_out(content, config, expected):
    assert text(with_layers(content, **config)) == expected


def membership(policy=None, expression=None):
    def made(first, second):
        found = dictionary(Type=NameObject("/OCMD"), OCGs=ArrayObject([first, second]))
        if policy:
            found[NameObject("/P")] = NameObject(policy)
        if expression:
            found[NameObject("/VE")] = expression(first, second)
        return found

    return made


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (membership(), VISIBLE),
        (membership("/AnyOn"), VISIBLE),
        (membership("/AllOn"), HIDDEN),
        (membership("/AnyOff"), VISIBLE),
        (membership("/AllOff"), HIDDEN),
        (membership(expression=lambda first, _second: ArrayObject([NameObject("/Not"), first])), VISIBLE),
        (membership(expression=lambda first, second: ArrayObject([NameObject("/And"), first, second])), HIDDEN),
        (membership(expression=lambda first, second: ArrayObject([NameObject("/Or"), first, second])), VISIBLE),
    ],
    ids=["default", "any on", "all on", "any off", "all off", "not", "and", "or"],
)
def test_membership_of_several_layers_is_evaluated(made, expected):
    """The first of two layers is off."""
    assert text(with_layers(shown(b"D"), OFF=off, OCMD=made)) == expected


def test_without_a_way_to_separate_layers_no_text_is_published(monkeypatch):
    monkeypatch.setattr(layers, "LARGEST_CONTENT", 10)

    found = read(with_layers(shown(b"L"), OFF=off))

    assert ([page.text for page in found.pages], found.remarks) == ([""], ["unseparated_layers"])
    assert found.is_scan is False


# --- form fields ------------------------------------------------------------------------------------------------------


def filled(flags=4, kind="/Tx", rectangle=(72, 700, 272, 730)):
    """A page with one field, whose appearance says "Hamm", above a line of text."""

    def change(writer):
        appearance = form(writer, {"/Font": writer.pages[0]["/Resources"]["/Font"], "/Properties": dictionary()})
        appearance.get_object().set_data(b"BT /F1 12 Tf 2 8 Td (Hamm) Tj ET")
        appearance.get_object()[NameObject("/BBox")] = RectangleObject((0, 0, 200, 30))
        field = dictionary(
            Type=NameObject("/Annot"),
            Subtype=NameObject("/Widget"),
            FT=NameObject(kind),
            T=TextStringObject("ort"),
            F=NumberObject(flags),
            Rect=ArrayObject([FloatObject(one) for one in rectangle]),
            AP=dictionary(N=appearance),
        )
        reference = writer._add_object(field)
        writer.pages[0][NameObject("/Annots")] = ArrayObject([reference])
        writer.root_object[NameObject("/AcroForm")] = dictionary(Fields=ArrayObject([reference]))

    return changed(paper("Kommune:\n\n\n\n\n\n\n\n\nEnde"), change)


@pytest.mark.parametrize("kind", ["/Tx", "/Ch", "/Sig"], ids=["field", "choice", "signature"])
def test_the_text_of_a_field_stands_at_its_place(kind):
    assert text(filled(kind=kind)) == "Kommune:\nHamm\nEnde"


@pytest.mark.parametrize(
    ("rectangle", "expected"),
    [
        ((130, 755, 330, 785), "Kommune: Hamm\nEnde"),
        ((95, 755, 295, 785), "Kom Hamm mune:\nEnde"),
        ((72, 400, 272, 430), "Kommune:\nEnde\nHamm"),
        ((72, 800, 272, 830), "Hamm\nKommune:\nEnde"),
    ],
    ids=["beside", "within", "below all", "above all"],
)
def test_a_value_follows_what_stands_before_it(rectangle, expected):
    assert text(filled(rectangle=rectangle)) == expected


@pytest.mark.parametrize("flags", [2, 32], ids=["hidden", "not to be viewed"])
def test_the_text_of_a_hidden_field_is_left_out(flags):
    assert text(filled(flags)) == "Kommune:\nEnde"


def test_a_field_of_a_hidden_layer_is_left_out():
    def change(writer):
        group = writer._add_object(dictionary(Type=NameObject("/OCG"), Name=TextStringObject(LAYER)))
        writer.root_object[NameObject("/OCProperties")] = dictionary(
            OCGs=ArrayObject([group]), D=dictionary(OFF=ArrayObject([group]))
        )
        writer.pages[0]["/Annots"][0].get_object()[NameObject("/OC")] = group

    assert text(changed(filled(), change)) == "Kommune:\nEnde"


# --- names and comments -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("author", "names"), [("Erika Muster", ["Erika Muster"]), ("(anonymous)", []), ("User", []), ("", [])]
)
def test_names_of_programs_are_no_names(author, names):
    assert read(changed(paper("a"), lambda writer: writer.add_metadata({"/Author": author}))).names == names


def test_links_and_fields_are_no_comments():
    def change(writer):
        kinds = ("/Text", "/Popup", "/Highlight", "/Link", "/Widget", "/FreeText")
        notes = [dictionary(Subtype=NameObject(kind), Rect=RectangleObject((0, 0, 9, 9))) for kind in kinds]
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note) for note in notes])

    assert read(changed(paper("a"), change)).hidden_content == {"comments": 3}


def test_the_reader_does_not_change_the_file():
    content = BytesIO(filled())
    before = content.getvalue()

    pdf.read(content, "pdf", Limits(picture_seconds=0))

    assert content.getvalue() == before
    assert len(PdfWriter(PdfReader(content)).pages[0]["/Annots"]) == 1
