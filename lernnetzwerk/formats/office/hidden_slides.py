"""What a presentation contains besides what the talk showed: notes, comments, shapes hidden or beside the slide."""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from lernnetzwerk.formats.office.drawing import MC, PLACEHOLDERS, A, text_of
from lernnetzwerk.formats.office.position import Canvas, P
from lernnetzwerk.formats.office.relationships import relationships
from lernnetzwerk.formats.xml_tree import local_name, optional_root

TITLES = {"title", "ctrTitle"}
COMMENTS = ("cm", "reply")


def placed_shapes(tree: Any, canvas: Canvas) -> Iterator[tuple[Any, str]]:
    """Shapes in the order of the file, which is that of screen readers, each with the kind of its hiding place, if any.

    A title beside the slide counts as visible: PowerPoint places it there for screen readers. The parser bounds the
    depth of groups.
    """
    for element in () if tree is None else tree:
        if element.tag == f"{MC}AlternateContent":
            yield from placed_shapes(next(element.iterchildren(f"{MC}Choice", f"{MC}Fallback"), None), canvas)
        elif is_hidden(element):
            yield element, "objects"
        elif element.tag == f"{P}grpSp":
            yield from placed_shapes(element, canvas.of_group(element))
        else:
            is_outside = role(element) not in TITLES and canvas.has_outside(element)
            yield element, "outside" if is_outside else ""


def is_hidden(shape: Any) -> bool:
    name = shape.find(f"*/{P}cNvPr")
    return name is not None and name.get("hidden") in ("1", "true")


def role(shape: Any) -> str:
    placeholder = shape.find(f"*/{P}nvPr/{P}ph")
    return "" if placeholder is None else placeholder.get("type", "")


def has_content(shape: Any) -> bool:
    has_words = any((text.text or "").strip() for text in shape.iter(f"{A}t"))
    return has_words or shape.tag == f"{P}pic" or next(shape.iter(*PLACEHOLDERS), None) is not None


def beside_slide(archive: ZipFile, slide: str) -> Counter[str]:
    """Number of notes (0 or 1) and comments of the slide with this name."""
    counts: Counter[str] = Counter()
    for one in relationships(archive, slide):
        if one.type == "notesSlide" and has_notes(optional_root(archive, one.target)):
            counts["notes"] = 1
        elif one.type == "comments":
            part = optional_root(archive, one.target)
            counts["comments"] += (
                sum(local_name(element) in COMMENTS for element in part.iter()) if part is not None else 0
            )
    return counts


def has_notes(part: Any) -> bool:
    shapes = () if part is None else part.iter(f"{P}sp")
    return any(role(shape) == "body" and text_of(shape).strip() for shape in shapes)
