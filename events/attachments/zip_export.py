"""All files of an event's page in one ZIP, written while it is sent."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from zipstream import ZIP_STORED, ZipStream

from events.attachments.player import is_recorded
from events.attachments.subtitles import tracks_of
from events.attachments.zip_index import Subtitles, contents
from events.attachments.zip_paths import free_path
from events.models import Attachment, Track
from events.models.filenames import folder_name
from lernnetzwerk.files.facts import count, format_size
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.storage import files_storage
from lernnetzwerk.slugs.german import german_words

CHUNK = 1 << 16
INDEX_NAME = "INHALT.txt"


@dataclass(frozen=True)
class Member:
    """A file of the ZIP: an attachment's file, or subtitles of a recording."""

    stored_file: StoredFile
    attachment: Attachment
    track: Track | None = None


class ZipExport:
    """The files of `attachments`, in the page's order; those without a file are only named in INHALT.txt."""

    def __init__(self, attachments: Iterable[Attachment], damaged: Collection[StoredFile] = ()) -> None:
        self.attachments = list(attachments)
        self.members = dict(_members([one for one in self.attachments if one.stored_file], damaged))

    def __bool__(self) -> bool:
        """False for a single file, which has its own download."""
        return len(self.members) > 1

    @property
    def facts(self) -> str:
        """For the link: "ZIP, 12 Dateien, 34 MB"."""
        size = sum(member.stored_file.size for member in self.members.values())
        return f"ZIP, {count(len(self.members), 'Datei', 'Dateien')}, {format_size(size)}"

    def contents(self, heading: str) -> str:
        paths: dict[int, str] = {}
        subtitles: dict[int, list[Subtitles]] = {}
        for path, member in self.members.items():
            if member.track is None:
                paths[member.attachment.pk] = path
            else:
                subtitles.setdefault(member.attachment.pk, []).append((member.track, path))
        return contents(heading, self.attachments, paths, subtitles)

    def etag(self, heading: str) -> str:
        """Weak (RFC 9110, 8.8.1), because each ZIP contains the time of its creation."""
        digest = sha256(self.contents(heading).encode())
        for path, member in self.members.items():
            digest.update(f"{path}\0{member.stored_file.sha256}\0".encode())
        return f'W/"{digest.hexdigest()}"'

    def damaged(self) -> list[Member]:
        """Members whose blob is missing or has another size."""
        return [member for member in self.members.values() if not _is_complete(member.stored_file)]

    def stream(self, heading: str) -> ZipStream:
        """The ZIP in chunks; its `len()` is the number of bytes. OSError or RuntimeError where a blob is damaged."""
        stream = ZipStream(compress_type=ZIP_STORED, sized=True)
        stream.add(self.contents(heading), INDEX_NAME)
        for path, member in self.members.items():
            stream.add(_Chunks(member.stored_file), path, size=member.stored_file.size)
        return stream


class _Chunks:
    """Opens the blob for its first chunk and closes it after the last one or when the client disconnects."""

    def __init__(self, stored_file: StoredFile) -> None:
        self.stored_file = stored_file

    def __iter__(self) -> Iterator[bytes]:
        with self.stored_file.open() as file:
            while chunk := file.read(CHUNK):
                yield chunk


def _is_complete(stored_file: StoredFile) -> bool:
    try:
        return files_storage().size(stored_file.key) == stored_file.size
    except OSError:
        return False


def _members(attachments: list[Attachment], damaged: Collection[StoredFile]) -> Iterator[tuple[str, Member]]:
    """One folder for each session, numbered in programme order; the event's own files are at the top level.

    Subtitles are next to their recording and have its name, as players expect.
    """
    folders: dict[int, str] = {}
    taken = {INDEX_NAME.lower()}
    attachments = [attachment for attachment in attachments if attachment.stored_file not in damaged]
    tracks = tracks_of([attachment for attachment in attachments if is_recorded(attachment)])
    for attachment in attachments:
        folder = ""
        if attachment.session:
            place = len(folders) + 1
            folder = folders.setdefault(attachment.session.pk, f"{place:02}_{folder_name(attachment.session)}/")
        beside = [track for track in tracks.get(attachment.pk, []) if track.stored_file not in damaged]
        endings = [_subtitle_suffix(track) for track in beside]
        path = free_path(folder + attachment.filename, taken, max(map(len, endings), default=0))
        yield path, Member(attachment.required_file, attachment)
        for track, ending in zip(beside, endings, strict=True):
            yield free_path(path.rpartition(".")[0] + ending, taken), Member(track.stored_file, attachment, track)


def _subtitle_suffix(track: Track) -> str:
    """`Knuth_Video.webm` has its German subtitles in `Knuth_Video.de.vtt`."""
    return "".join(f".{part}" for part in [german_words(track.address_name)] if part) + track.stored_file.extension
