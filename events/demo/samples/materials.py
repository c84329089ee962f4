from events.demo.placeholder import sample_pdf
from events.demo.samples.shapes import Material
from events.models import Attachment, Event, Session
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
        Attachment.objects.create(
            **owner,
            kind=material.kind,
            title=material.title,
            stored_file=_pdf(material, *owner.values()) if material.points else None,
            url=material.url,
            absence=material.absence,
            language="de",
            licence=material.licence,
            position=position,
        )


def _pdf(material: Material, owner: Event | Session | PracticeExample) -> StoredFile:
    name, author = NAMES[material.kind], owner.contributors if isinstance(owner, Session) else ""
    pdf = sample_pdf(name, material.title or str(owner), author, material.points)
    return store_bytes(pdf, f"{name.lower()}-{german_slug(str(owner), 60)}.pdf")
