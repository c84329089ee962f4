from typing import Self

from django.db.models import Prefetch
from django.db.models.functions import Coalesce

from events.models.session import Appearance
from lernnetzwerk.reading.pictures import has_cover, with_covers
from lernnetzwerk.text.searchable import SearchableRows
from lernnetzwerk.visibility.models import PublishedQuerySet


class AttachmentQuerySet(SearchableRows, PublishedQuerySet):
    def update(self, **fields: object) -> int:
        if {"stored_file", "stored_file_id"} & set(fields):
            raise TypeError("Save each material by itself: a file that is replaced becomes an earlier version.")
        return super().update(**fields)

    update.alters_data = True  # type: ignore[attr-defined]  # what templates must not call

    def available(self) -> Self:
        """Attachments with a file or an address, not only a reason for absence."""
        return self.filter(absence="")

    def for_sitemap(self) -> Self:
        return super().for_sitemap().available().only("uuid", "changed_at")

    def with_event_date(self) -> Self:
        """Adds `held_on`, the first day of its event; None without an event or a date."""
        return self.annotate(held_on=Coalesce("event__starts_on", "session__event__starts_on"))

    def with_files(self) -> Self:
        """Loads the stored file and adds `has_cover`: whether its first page has a picture."""
        return self.select_related("stored_file").annotate(has_cover=has_cover("stored_file"))

    def for_page(self) -> Self:
        """As `for_cards`, with the file's reading and the pictures of its first page."""
        return self.for_cards().select_related("stored_file__reading").prefetch_related(with_covers("stored_file"))

    def for_download(self) -> Self:
        """Loads only the stored file and what its name is made of, because downloads are frequent."""
        speakers = Prefetch("session__appearances", Appearance.objects.select_related("speaker"))
        related = self.select_related("stored_file", "session", "event__series", "practice_example")
        return related.prefetch_related(speakers, "session__municipalities")

    def for_cards(self) -> Self:
        related = self.with_files().select_related("event__series", "session__event__series", "practice_example")
        return related.prefetch_related(
            Prefetch("session__appearances", Appearance.objects.select_related("speaker", "municipality")),
            "session__municipalities",
            "practice_example__municipalities",
        )
