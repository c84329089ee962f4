"""PowerPoint files of the demo (ECMA-376), put together part by part: production has no library that writes them."""

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from PIL import Image

from events.demo import deck_parts as parts
from events.demo.pictures import SAND, description, picture
from events.demo.slides import Slide

OFFICE = "application/vnd.openxmlformats-officedocument"
PRESENTATION = f"{OFFICE}.presentationml"
NEVER = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP can name


class Package:
    """The parts of an Office file; what a part points to is numbered `rId1`, `rId2` … in the order given."""

    def __init__(self) -> None:
        self.contents: dict[str, str | bytes] = {}
        self.types: dict[str, str] = {}

    def add(self, name: str, content_type: str, content: str | bytes, *links: parts.Link) -> None:
        self.contents[name] = content
        self.types[name] = content_type
        self.link(name, *links)

    def link(self, name: str, *links: parts.Link) -> None:
        if links:
            folder, _, last = name.rpartition("/")
            self.contents["/".join(filter(None, [folder, "_rels", f"{last}.rels"]))] = parts.relationships(links)

    def __bytes__(self) -> bytes:
        stream = BytesIO()
        with ZipFile(stream, "w") as archive:
            for name, content in {"[Content_Types].xml": parts.content_types(self.types), **self.contents}.items():
                info = ZipInfo(name, NEVER)
                info.compress_type, info.create_system = ZIP_DEFLATED, 3
                archive.writestr(info, content)
        return stream.getvalue()


def deck(slides: Sequence[Slide]) -> bytes:
    """Each slide with its title, its lines and a footer; the same input gives the same bytes."""
    package = Package()
    package.link("", *parts.ROOT_LINKS)
    _add_properties(package, slides[0].title)
    _add_presentation(package, len(slides))
    _add_masters(package)
    for number, slide in enumerate(slides, start=1):
        _add_slide(package, number, slide)
    return bytes(package)


def _add_properties(package: Package, title: str) -> None:
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    package.add("docProps/core.xml", core, parts.core_properties(title))
    package.add("docProps/app.xml", f"{OFFICE}.extended-properties+xml", parts.APP_PROPERTIES)


def _add_presentation(package: Package, slides: int) -> None:
    links = [
        ("slideMaster", "slideMasters/slideMaster1.xml"),
        ("notesMaster", "notesMasters/notesMaster1.xml"),
        ("theme", "theme/theme1.xml"),
        *(("slide", f"slides/slide{number}.xml") for number in range(1, slides + 1)),
    ]
    shown = [f"rId{place}" for place, (kind, _target) in enumerate(links, start=1) if kind == "slide"]
    package.add("ppt/presentation.xml", f"{PRESENTATION}.presentation.main+xml", parts.presentation(shown), *links)


def _add_masters(package: Package) -> None:
    layout, theme = ("slideLayout", "../slideLayouts/slideLayout1.xml"), ("theme", "../theme/theme1.xml")
    master = ("slideMaster", "../slideMasters/slideMaster1.xml")
    package.add(
        "ppt/slideMasters/slideMaster1.xml", f"{PRESENTATION}.slideMaster+xml", parts.slide_master(), layout, theme
    )
    package.add("ppt/slideLayouts/slideLayout1.xml", f"{PRESENTATION}.slideLayout+xml", parts.slide_layout(), master)
    package.add(
        "ppt/notesMasters/notesMaster1.xml",
        f"{PRESENTATION}.notesMaster+xml",
        parts.notes_master(),
        ("theme", "../theme/theme2.xml"),
    )
    for number in (1, 2):  # no two masters share one
        package.add(f"ppt/theme/theme{number}.xml", f"{OFFICE}.theme+xml", parts.THEME)


def _add_slide(package: Package, number: int, slide: Slide) -> None:
    links, figure = [("slideLayout", "../slideLayouts/slideLayout1.xml")], ""
    if slide.seed is not None:
        package.add(f"ppt/media/image{number}.jpg", "image/jpeg", _drawing(slide.seed))
        links.append(("image", f"../media/image{number}.jpg"))
        figure = parts.figure(f"rId{len(links)}", description(SAND))
    if slide.notes:
        links.append(("notesSlide", f"../notesSlides/notesSlide{number}.xml"))
        back = ("slide", f"../slides/slide{number}.xml")
        notes = parts.notes_slide(slide.notes)
        master = ("notesMaster", "../notesMasters/notesMaster1.xml")
        package.add(f"ppt/notesSlides/notesSlide{number}.xml", f"{PRESENTATION}.notesSlide+xml", notes, master, back)
    content = parts.slide(slide.title, slide.lines, number, figure)
    package.add(f"ppt/slides/slide{number}.xml", f"{PRESENTATION}.slide+xml", content, *links)


def _drawing(seed: int) -> bytes:
    """As JPEG: not every PowerPoint shows WebP."""
    stream = BytesIO()
    Image.open(BytesIO(picture(seed, SAND))).save(stream, "JPEG", quality=80)
    return stream.getvalue()
