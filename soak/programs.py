"""Real-looking files of every accepted type, as other programs write them. Runs in the portal by `manage.py shell`.

ffmpeg and LibreOffice are used where they are installed. A number makes each file different from all others.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import xlsxwriter
from PIL import Image, ImageDraw
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen import canvas

TOWNS = ("Hamm", "Köln", "Düsseldorf", "Gütersloh", "Mönchengladbach", "Höxter")
WORDS = "Präventionsketten verbinden Jugendhilfe, Gesundheit, Schule und Jobcenter – für alle Kinder."
SECONDS = 120  # for one conversion
FILM = ("-f", "lavfi", "-i", "testsrc=size=320x240:rate=10:duration={}")
TONE = ("-f", "lavfi", "-i", "sine=frequency={}:duration=2")
CODECS = {
    "mp4": (*FILM, *TONE, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"),
    "webm": (*FILM, *TONE, "-c:v", "libvpx", "-c:a", "libvorbis"),
    "mp3": (*TONE, "-c:a", "libmp3lame"),
}
CONVERTED = {"odt": "txt", "docx": "txt", "pdf": "txt", "ods": "csv", "xlsx": "csv", "odp": "pptx", "pptx": "pptx"}

Make = Callable[[Path, int], None]


class CannotWriteError(Exception):
    """The program is installed without the part that writes this type."""


@dataclass(frozen=True)
class Program:
    name: str
    is_installed: bool
    makers: dict[str, Make]  # extension → function that writes the file of a number


def programs() -> list[Program]:
    office = shutil.which("soffice") or shutil.which("libreoffice") or ""
    film = shutil.which("ffmpeg") or ""
    return [
        Program("reportlab", True, {"pdf": write_pdf}),
        Program("python-pptx", True, {"pptx": write_slides}),
        Program("xlsxwriter", True, {"xlsx": write_sheets}),
        Program("Pillow", True, dict.fromkeys(("jpg", "png", "webp"), write_image)),
        Program("python-docx", True, {"docx": write_text}),
        Program("openpyxl", True, {"xlsx": write_more_sheets}),
        Program("ffmpeg", bool(film), {ending: recorder(film, ending) for ending in CODECS}),
        Program("LibreOffice", bool(office), {ending: converter(office, ending) for ending in CONVERTED}),
    ]


def write_pdf(path: Path, number: int) -> None:
    paper = canvas.Canvas(str(path), pagesize=landscape(A4) if number % 2 else A4, lang="de-DE")
    paper.setTitle(f"Vortrag {number} in {town(number)}")
    for page in range(1, 2 + number % 5):
        paper.bookmarkPage(str(page))
        paper.addOutlineEntry(f"Teil {page}", str(page))
        for line, text in enumerate(lines(number)):
            paper.drawString(72, 500 - 18 * line, text)
        paper.rect(72, 72, 20 * number % 300, 40, fill=1)
        paper.showPage()
    paper.save()


def write_slides(path: Path, number: int) -> None:
    deck = Presentation()
    for place in range(1, 3 + number % 4):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = f"{town(number)}: Folie {place} von Vortrag {number}"
        slide.shapes.add_textbox(Cm(2), Cm(5), Cm(20), Cm(3)).text_frame.text = WORDS
        slide.shapes.add_picture(BytesIO(picture(number)), Cm(2), Cm(9))
    add_chart(slide, number)
    table = slide.shapes.add_table(2, 2, Cm(2), Cm(14), Cm(10), Cm(2)).table
    table.cell(0, 0).text, table.cell(1, 1).text = "Kommune", town(number)
    slide.notes_slide.notes_text_frame.text = "Langsam sprechen"
    deck.save(str(path))


def add_chart(slide: Any, number: int) -> None:
    data = CategoryChartData()
    data.categories = list(TOWNS)
    data.add_series("Plätze", [number + place for place in range(len(TOWNS))])
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Cm(14), Cm(9), Cm(9), Cm(6), data)


def write_sheets(path: Path, number: int) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, bold = book.add_worksheet("Kommunen"), book.add_format({"bold": True, "num_format": "#,##0"})
        for row, name in enumerate(TOWNS):
            sheet.write_row(row, 0, (name, f"Treffen {number}", number * row), bold)
        sheet.write_comment(0, 0, "Bitte prüfen")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"=Kommunen!$C$1:$C${len(TOWNS)}"})
        sheet.insert_chart("E2", chart)
        book.add_worksheet("Intern").hide()


def write_image(path: Path, number: int) -> None:
    path.write_bytes(picture(number, {".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP"}[path.suffix]))


def picture(number: int, format_: str = "PNG") -> bytes:
    image, stream = Image.new("RGB", (480, 320), (number * 37 % 256, 120, 180)), BytesIO()
    ImageDraw.Draw(image).text((20, 20), f"{town(number)} {number}")
    exif = Image.Exif()
    exif[0x0112] = 1 + number % 8
    image.save(stream, format_, exif=exif, **({"progressive": number % 2 == 0} if format_ == "JPEG" else {}))
    return stream.getvalue()


def write_text(path: Path, number: int) -> None:
    text = docx.Document()
    text.add_heading(f"Bericht {number} aus {town(number)}", 1)
    for line in lines(number):
        text.add_paragraph(line, style="List Bullet")
    text.add_picture(BytesIO(picture(number)))
    text.save(str(path))


def write_more_sheets(path: Path, number: int) -> None:
    book = openpyxl.Workbook()
    for name in TOWNS:
        book.active.append([name, f"Treffen {number}", number])
    book.save(str(path))


def recorder(ffmpeg: str, ending: str) -> Make:
    def record(path: Path, number: int) -> None:
        words = [word.format(200 + number if word.startswith("sine") else 1 + number % 3) for word in CODECS[ending]]
        start([ffmpeg, "-loglevel", "error", *words, "-shortest", str(path)])

    return record


def converter(office: str, ending: str) -> Make:
    def convert(path: Path, number: int) -> None:
        source, target = path.with_suffix(f".quelle.{CONVERTED[ending]}"), path.parent / "neu"
        write_source(source, number)
        profile = f"-env:UserInstallation=file://{path.parent}/profil"
        start([office, profile, "--headless", "--convert-to", ending, "--outdir", str(target), str(source)])
        source.unlink()
        try:
            (target / f"{source.stem}.{ending}").rename(path)
        except FileNotFoundError:
            raise CannotWriteError from None

    return convert


def write_source(path: Path, number: int) -> None:
    if path.suffix == ".pptx":
        write_slides(path, number)
    elif path.suffix == ".csv":
        path.write_text("\n".join(f"{name};Treffen {number}" for name in TOWNS), encoding="utf-8")
    else:
        path.write_text("\n".join([town(number), *lines(number)]), encoding="utf-8-sig")


def start(words: list[str]) -> None:
    subprocess.run(words, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603 - programs of this machine


def lines(number: int) -> Iterator[str]:
    return (f"{place}. {WORDS} ({town(number + place)}, {number})" for place in range(1, 9))


def town(number: int) -> str:
    return TOWNS[number % len(TOWNS)]
