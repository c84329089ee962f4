"""DOCX: one page of text, its headings as the outline. Deleted text of tracked changes is left out."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from zipfile import ZipFile

from lernnetzwerk.reading.inside import Budget, Entry, Found, Limits, Page
from lernnetzwerk.reading.inside.described import is_described, language_tag
from lernnetzwerk.reading.inside.drawing import MC, PLACEHOLDERS, M, linked_text
from lernnetzwerk.reading.inside.package import links, main_part, needed, spare, targets, whole
from lernnetzwerk.reading.text import clean_line, clean_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
# A fallback says the same once more, for older programs.
LEFT_OUT = {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr")} | {f"{MC}Fallback"}
TEXTS = {f"{W}t", f"{M}t"}
WORDS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
NOTES = {"footnotes": f"{W}footnote", "endnotes": f"{W}endnote"}
LINES = {"separator", "continuationSeparator", "continuationNotice"}
DEEPEST_HEADING = 9
LONGEST_ANCESTRY = 20  # of a style

Linked = Callable[[Any], str]


def read_document(archive: ZipFile, found: Found, limits: Limits) -> None:
    main = main_part(archive, "word/document.xml")
    body, related = needed(archive, main), links(archive, main)
    places = {link.kind: link.place for link in related}
    styles = spare(archive, places.get("styles", "word/styles.xml"))
    linked = partial(linked_text, archive, targets(archive, main))
    text = "".join(lines(body, heading_levels(styles), linked, found, limits))
    notes = (note for kind in NOTES for note in notes_of(archive, kind, places.get(kind, "")))
    found.pages = [Page(1, "", Budget(limits).cut(clean_text("\n\n".join([text, *notes]))))]
    found.has_headings = bool(found.outline)
    count_figures(body, found)
    found.language = language_tag(languages(styles, body))


def lines(body: Any, levels: dict[str, int], linked: Linked, found: Found, limits: Limits) -> Iterator[str]:
    """The paragraphs with what keeps them apart; headings join the outline on the way."""
    before = None
    for paragraph in body.iter(f"{W}p"):
        text = "" if is_left_out(paragraph) else "".join(words(paragraph, linked))
        if not text.strip():
            continue
        level = level_of(paragraph, levels)
        if level and len(found.outline) < limits.outline and clean_line(text):
            found.outline.append(Entry(level, clean_line(text), 0))
        is_item = paragraph.find(f"{W}pPr/{W}numPr") is not None and not level
        yield apart(before, paragraph) or ("\n" if is_item else "\n\n")
        yield text
        before = paragraph


def apart(before: Any, paragraph: Any) -> str:
    """Between cells of a row and rows of a table: a row becomes a line."""
    for tag, between in ((f"{W}tc", ""), (f"{W}tr", " | "), (f"{W}tbl", "\n")):
        one, other = (None if each is None else next(each.iterancestors(tag), None) for each in (before, paragraph))
        if one is None or other is None:
            return ""
        if one is other:
            return between
    return ""


def is_left_out(element: Any) -> bool:
    return any(above.tag in LEFT_OUT for above in element.iterancestors())


def words(element: Any, linked: Linked) -> Iterator[str]:
    """Of this paragraph alone: those of a text box inside it come by themselves."""
    for child in element:
        if child.tag in LEFT_OUT or child.tag == f"{W}p" or is_hidden(child):
            continue
        if child.tag in TEXTS:
            yield child.text or ""
        elif child.tag in WORDS:
            yield WORDS[child.tag]
        elif child.tag in PLACEHOLDERS:
            yield f"\n{linked(child)}\n"
        else:
            yield from words(child, linked)


def is_hidden(run: Any) -> bool:
    """Formatted as hidden: neither printed nor shown."""
    mark = run.find(f"{W}rPr/{W}vanish") if run.tag == f"{W}r" else None
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off")


def notes_of(archive: ZipFile, kind: str, place: str) -> Iterator[str]:
    """Footnotes or endnotes; a damaged part costs these alone."""
    part = spare(archive, place) if place else None
    for note in () if part is None else part.iter(NOTES[kind]):
        if note.get(f"{W}type") not in LINES:
            yield "\n".join("".join(words(one, lambda _element: "")) for one in note.iter(f"{W}p"))


def count_figures(body: Any, found: Found) -> None:
    """Pictures, diagrams and charts; text boxes speak for themselves."""
    drawings = [one for one in body.iter(DRAWING) if not is_left_out(one) and is_figure(one.getparent())]
    found.figures, found.figures_described = len(drawings), sum(map(is_described, drawings))


def is_figure(drawing: Any) -> bool:
    has_text = next(drawing.iter(f"{W}txbxContent"), None) is not None
    return not has_text or next(drawing.iter(PICTURE), None) is not None


def heading_levels(styles: Any) -> dict[str, int]:
    """Style → level: its own, or that of the style it is based on."""
    known = {style.get(f"{W}styleId"): style for style in (() if styles is None else styles.iter(f"{W}style"))}
    levels = {}
    for name, style in known.items():
        for _ in range(LONGEST_ANCESTRY):
            level = None if style is None else own_level(style)
            if style is None or level is not None:
                break
            style = known.get(attribute(style.find(f"{W}basedOn")))
        if level and level <= DEEPEST_HEADING:
            levels[name] = level
    return levels


def own_level(style: Any) -> int | None:
    """By its outline level, or by the name that is the same in every language of Word; None: what it is based on."""
    outline = whole(attribute(style.find(f"{W}pPr/{W}outlineLvl")))
    name = attribute(style.find(f"{W}name")).lower()
    number = whole(name.removeprefix("heading ")) if name.startswith("heading ") else None
    return number if outline is None else outline + 1


def level_of(paragraph: Any, levels: dict[str, int]) -> int:
    outline = whole(attribute(paragraph.find(f"{W}pPr/{W}outlineLvl")))
    if outline is not None:
        return outline + 1 if outline < DEEPEST_HEADING else 0
    return levels.get(attribute(paragraph.find(f"{W}pPr/{W}pStyle")), 0)


def languages(styles: Any, body: Any) -> Counter[str]:
    """Language → letters: what a run says of itself, else what is usual in the document."""
    usual = usual_language(styles)
    found = Counter({usual: 0} if usual else {})
    for run in body.iter(f"{W}r"):
        said = attribute(run.find(f"{W}rPr/{W}lang")) or usual
        if said:
            found[said] += sum(len(text.text or "") for text in run.iterchildren(f"{W}t"))
    return found


def usual_language(styles: Any) -> str:
    """That of the standard paragraph; else that of the whole document."""
    if styles is None:
        return ""
    standard = (
        one for one in styles.iter(f"{W}style") if one.get(f"{W}default") and one.get(f"{W}type") == "paragraph"
    )
    said = [attribute(one.find(f"{W}rPr/{W}lang")) for one in standard]
    said += [attribute(one) for one in styles.iterfind(f"{W}docDefaults//{W}lang")]
    said += [attribute(one) for one in styles.iter(f"{W}lang")]
    return next((one for one in said if one), "")


def attribute(element: Any) -> str:
    return "" if element is None else element.get(f"{W}val") or ""
