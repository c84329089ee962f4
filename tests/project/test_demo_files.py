"""`make demo-files`: the files it writes, compared with the committed ones."""

import re
import shutil
import tomllib

import pytest
from PIL import Image
from pypdf import PdfReader

from events.demo.content import DATA, FILES
from lernnetzwerk.formats.subtitles.webvtt import parse
from tools.demo_files.files import content, write

DECK = "platzhalter-collaborative-governance.pptx"

pytestmark = pytest.mark.walk  # writes all files of the demo, which takes seconds


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The written files, in a folder that contained only the presentation, its own template."""
    folder = tmp_path_factory.mktemp("files")
    shutil.copy(FILES / DECK, folder)
    write(folder, content())
    return folder


def words(pdf):
    return [page.extract_text().split() for page in PdfReader(pdf).pages]


def looks(picture):
    """Size of the picture and its colours at 8 × 8 points, which tolerate another version of the encoder."""
    opened = Image.open(picture).convert("RGB")
    return opened.size, [round(value / 32) for value in opened.resize((8, 8), Image.Resampling.BOX).tobytes()]


def frames(film):
    """The header of each frame: the VP8 signature of a key frame and the size."""
    return re.findall(rb"\x9d\x01\x2a" + (640).to_bytes(2, "little") + (360).to_bytes(2, "little"), film.read_bytes())


def test_all_committed_files_are_written_and_named_by_the_data(written):
    shipped = {path.name for path in FILES.iterdir()}
    keys = re.compile(r'^(?:file|image|poster|subtitles) = "(.+)"$', re.MULTILINE)

    assert {path.name for path in written.iterdir()} == shipped
    assert {name for path in DATA.rglob("*.toml") for name in keys.findall(path.read_text())} == shipped


def test_the_committed_files_match_what_would_be_written(written):
    """Compares content, not bytes: another version of a library may write the same content differently."""
    for path in FILES.glob("*.pdf"):
        assert words(path) == words(written / path.name), path.name
    for path in [*FILES.glob("*.webp"), *FILES.glob("*.png")]:
        assert looks(path) == looks(written / path.name), path.name
    assert (FILES / DECK).read_bytes() == (written / DECK).read_bytes()
    assert (FILES / "untertitel-platzhalter.vtt").read_bytes() == (written / "untertitel-platzhalter.vtt").read_bytes()
    assert len(frames(FILES / "platzhalter.webm")) == len(frames(written / "platzhalter.webm")) == 72


def test_writing_again_changes_nothing(written):
    assert write(written, content()) == []


def test_a_changed_word_changes_only_its_file(written, tmp_path):
    folder = shutil.copytree(written, tmp_path / "files")
    changed = content()
    changed["pdfs"][0]["points"][0] = "Fünf Haltestellen"

    assert write(folder, changed) == [changed["pdfs"][0]["file"]]
    assert "Fünf" in words(folder / changed["pdfs"][0]["file"])[1]


def test_chapters_and_subtitles_match_the_scenes():
    film = content()["film"]
    begins = [sum(scene["seconds"] for scene in film["scenes"][:place]) for place in range(len(film["scenes"]))]
    (chapters,) = [
        attachment["chapters"]
        for path in DATA.glob("samples/event*.toml")
        for line in tomllib.loads(path.read_text())["programme"]
        for attachment in line.get("attachments", [])
        if attachment.get("file") == film["file"]
    ]

    assert chapters.splitlines() == [
        f"{begin // 60}:{begin % 60:02} {scene['title']}" for begin, scene in zip(begins, film["scenes"], strict=True)
    ]
    said = [cue.text for cue in parse((FILES / film["subtitles"]).read_bytes())]
    assert said == [sentence for scene in film["scenes"] for sentence in scene["said"]]


def test_the_files_stay_small():
    assert sum(path.stat().st_size for path in FILES.iterdir()) < 500_000
