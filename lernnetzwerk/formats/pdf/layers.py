"""Optional content ("layers") that a PDF hides on the screen (ISO 32000-2, 8.11). PDFium extracts its text as well."""

from io import BytesIO
from typing import Any, BinaryIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject, NameObject, StreamObject

from lernnetzwerk.formats.pdf.objects import as_dictionary, resolved

LARGEST_FILE = 100_000_000
LARGEST_CONTENT = 4_000_000  # bytes of all content streams with layers; pypdf parses about 1 MB in a second
DEEPEST = 20
CHUNK = 1 << 20
ENCODING = ("/Filter", "/DecodeParms", "/Length")
SHOWN = (b"Tj", b"TJ")
SHOWN_ON_NEXT_LINE = (b"'", b'"')


class UnseparableError(Exception):
    """The text of hidden layers cannot be told from the rest, e.g. because the content is too large."""


class Layers:
    """The layers of a document, by the object number of their optional content group."""

    def __init__(self, root: DictionaryObject) -> None:
        properties = as_dictionary(root.get("/OCProperties"))
        config = as_dictionary(properties.get("/D"))
        groups, switched_on = numbers(properties.get("/OCGs")), numbers(config.get("/ON"))
        is_off = groups - switched_on if resolved(config.get("/BaseState")) == "/OFF" else set()
        self.hidden = is_off | numbers(config.get("/OFF")) | hidden_by_usage(properties.get("/OCGs"))

    def hides(self, membership: Any, depth: int = 0) -> bool:
        """Whether content of this group, or of this membership dictionary (OCMD), is hidden."""
        if isinstance(membership, IndirectObject) and membership.idnum in self.hidden:
            return True
        found = as_dictionary(membership)
        if depth > DEEPEST or found.get("/Type") != "/OCMD":
            return False
        if isinstance(expression := resolved(found.get("/VE")), ArrayObject):
            return not self.is_shown_by(expression)
        raw = found.raw_get("/OCGs") if "/OCGs" in found else None
        members = resolved(raw) if isinstance(resolved(raw), ArrayObject) else [raw]
        states = [not self.hides(one, depth + 1) for one in members if isinstance(one, IndirectObject)]
        policy = {"/AllOn": all(states), "/AnyOff": not all(states), "/AllOff": not any(states)}
        return bool(states) and not policy.get(str(resolved(found.get("/P"))), any(states))

    def is_shown_by(self, expression: Any, depth: int = 0) -> bool:
        """The value of a visibility expression such as [/And group [/Not group]]."""
        if depth > DEEPEST:
            return False
        if not isinstance(resolved(expression), ArrayObject):
            return not self.hides(expression)
        operator, *rest = resolved(expression) or [None]
        values = [self.is_shown_by(one, depth + 1) for one in rest]
        return {"/And": all(values), "/Or": any(values), "/Not": not any(values)}.get(str(operator), False)


def hidden_by_usage(groups: Any) -> set[int]:
    """Groups whose usage dictionary turns them off on the screen."""
    found = set()
    for group in resolved(groups) if isinstance(resolved(groups), ArrayObject) else ():
        view = as_dictionary(as_dictionary(as_dictionary(group).get("/Usage")).get("/View"))
        if isinstance(group, IndirectObject) and resolved(view.get("/ViewState")) == "/OFF":
            found.add(group.idnum)
    return found


def numbers(groups: Any) -> set[int]:
    groups = resolved(groups)
    return (
        {one.idnum for one in groups if isinstance(one, IndirectObject)} if isinstance(groups, ArrayObject) else set()
    )


def may_have_layers(file: BinaryIO) -> bool:
    """Whether a file that pypdf cannot parse may have layers: it names them, or has objects in compressed streams."""
    file.seek(0)
    before = b""
    while chunk := file.read(CHUNK):
        if b"/OCProperties" in before + chunk or b"/ObjStm" in before + chunk:
            return True
        before = chunk[-20:]
    return False


def without_hidden_layers(reader: PdfReader, size: int, pages: int) -> BytesIO:
    """A copy of the file, `size` bytes long, whose first `pages` pages have no text and fields of hidden layers.

    Raises UnseparableError, and any exception of pypdf.
    """
    if size > LARGEST_FILE:
        raise UnseparableError
    writer = PdfWriter(clone_from=reader)
    stripper = Stripper(writer)
    for page in writer.pages[:pages]:
        stripper.strip_page(page)
    copy = BytesIO()
    writer.write(copy)
    copy.seek(0)
    return copy


class Stripper:
    def __init__(self, writer: PdfWriter) -> None:
        self.writer = writer
        self.layers = Layers(writer.root_object)
        self.left = LARGEST_CONTENT
        self.seen: set[int] = set()  # numbers of forms

    def strip_page(self, page: DictionaryObject) -> None:
        self.strip_annotations(page)
        resources = inherited_resources(page)
        if self.has_hidden(resources):
            content = self.stripped(resolved(page.get("/Contents")), resources)
            page[NameObject("/Contents")] = self.writer._add_object(content)

    def strip_annotations(self, page: DictionaryObject) -> None:
        annotations = resolved(page.get("/Annots"))
        if isinstance(annotations, ArrayObject):
            kept = [one for one in annotations if not self.is_hidden(one)]
            page[NameObject("/Annots")] = ArrayObject(kept)

    def has_hidden(self, resources: DictionaryObject) -> bool:
        """Whether content with these resources may have hidden parts. Strips the forms among them, each once."""
        properties = as_dictionary(resources.get("/Properties"))
        objects = as_dictionary(resources.get("/XObject"))
        found = any(self.layers.hides(properties.raw_get(name)) for name in properties)
        for name in objects:
            found |= self.is_hidden(objects.raw_get(name))
            self.strip_form(objects.raw_get(name))
        return found

    def is_hidden(self, node: Any) -> bool:
        """Whether a form, picture or annotation belongs to a hidden layer."""
        found = as_dictionary(node)
        return "/OC" in found and self.layers.hides(found.raw_get("/OC"))

    def strip_form(self, reference: Any) -> None:
        form = as_dictionary(reference)
        if form.get("/Subtype") != "/Form" or not isinstance(reference, IndirectObject) or reference.idnum in self.seen:
            return
        self.seen.add(reference.idnum)
        resources = as_dictionary(form.get("/Resources"))
        if self.has_hidden(resources):
            changed = self.stripped(form, resources)
            changed.update({key: form.raw_get(key) for key in form if key not in ENCODING})
            self.writer._replace_object(reference.idnum, changed)

    def stripped(self, content: Any, resources: DictionaryObject) -> StreamObject:
        """The content stream without hidden text; everything that changes the graphics state stays."""
        parsed = ContentStream(content, self.writer)
        self.left -= len(parsed.get_data())
        if self.left < 0:
            raise UnseparableError
        parsed.operations = self.shown(parsed.operations, resources)
        changed = StreamObject()
        changed.set_data(parsed.get_data())
        return changed

    def shown(self, operations: Any, resources: DictionaryObject) -> list[Any]:
        properties = as_dictionary(resources.get("/Properties"))
        objects = as_dictionary(resources.get("/XObject"))
        sections: list[bool] = []  # whether each open marked-content section hides its content
        kept = []
        for operands, operator in operations:
            if operator in (b"BDC", b"BMC"):
                sections.append(operator == b"BDC" and self.starts_hidden(operands, properties))
            elif operator == b"EMC" and sections:
                sections.pop()
            is_hidden = any(sections)
            if operator == b"Do":
                name = operands[0] if operands else ""
                is_hidden |= name in objects and self.is_hidden(objects.raw_get(name))
            kept += [] if is_hidden and operator in (*SHOWN, b"Do") else [(operands, operator)]
            if is_hidden and operator in SHOWN_ON_NEXT_LINE:
                kept[-1] = ([], b"T*")
        return kept

    def starts_hidden(self, operands: list[Any], properties: DictionaryObject) -> bool:
        if len(operands) != 2 or operands[0] != "/OC":
            return False
        name = operands[1]
        return isinstance(name, str) and name in properties and self.layers.hides(properties.raw_get(name))


def inherited_resources(page: DictionaryObject) -> DictionaryObject:
    node, left = page, DEEPEST
    while "/Resources" not in node and "/Parent" in node and left:
        node, left = as_dictionary(node.get("/Parent")), left - 1
    return as_dictionary(node.get("/Resources"))
