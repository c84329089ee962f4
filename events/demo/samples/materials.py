from events.demo import film
from events.demo.pictures import SAND, picture
from events.demo.placeholder import sample_pdf
from events.demo.samples.shapes import Material
from events.models import Attachment, Event, Session, Track
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.store import store_bytes
from lernnetzwerk.slugs.german import german_slug
from practice.models import PracticeExample

NAMES = {
    Attachment.Kind.SLIDES: "Beispielfolien",
    Attachment.Kind.HANDOUT: "Beispielhandout",
    Attachment.Kind.DOCUMENTATION: "Beispieldokumentation",
}


def attach(materials: tuple[Material, ...], **owner: Event | Session | PracticeExample) -> None:
    """Creates them as drafts of the one `event`, `session` or `practice_example` given."""
    for position, material in enumerate(materials):
        created = Attachment.objects.create(
            **owner,
            kind=material.kind,
            title=material.title,
            stored_file=_file(material, *owner.values()),
            url=material.url,
            absence=material.absence,
            language="de",
            licence=material.licence,
            position=position,
        )
        if material.is_film:
            _furnish(created)
        elif created.kind == Attachment.Kind.VIDEO and material.url:
            created.poster = store_bytes(picture(position, SAND), "titelbild-video.webp")
            created.save()


def _furnish(video: Attachment) -> None:
    video.poster = store_bytes(film.still(), "standbild-platzhalter.png")
    video.chapters = film.chapters()
    video.save()
    Track.objects.create(
        material=video, stored_file=store_bytes(film.subtitles(), "untertitel-platzhalter.vtt"), language="de"
    )


def _file(material: Material, owner: Event | Session | PracticeExample) -> StoredFile | None:
    if material.is_film:
        return store_bytes(film.film(), "platzhalter.webm")
    return _pdf(material, owner) if material.points else None


def _pdf(material: Material, owner: Event | Session | PracticeExample) -> StoredFile:
    name, author = NAMES[Attachment.Kind(material.kind)], owner.contributors if isinstance(owner, Session) else ""
    is_tagged = material.kind != Attachment.Kind.SLIDES  # one of each kind can be compared
    pdf = sample_pdf(name, material.title or str(owner), author, material.points, is_tagged)
    return store_bytes(pdf, f"{name.lower()}-{german_slug(str(owner), 60)}.pdf")
