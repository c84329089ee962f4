import pytest

from lernnetzwerk.files.facts import format_size
from lernnetzwerk.files.models import StoredFile


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (1, "1 Byte"),
        (999, "999 Bytes"),
        (1000, "1 kB"),
        (240_000, "240 kB"),
        (999_499, "999 kB"),
        (999_500, "1 MB"),
        (2_449_999, "2,4 MB"),
        (200_000_000, "200 MB"),
        (999_950_000, "1 GB"),
        (1_500_000_000, "1,5 GB"),
    ],
)
def test_sizes_are_german(size, text):
    assert format_size(size) == text


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"media_type": "application/pdf", "page_count": 8}, "PDF, 8 Seiten, 240 kB"),
        ({"media_type": "application/pdf", "page_count": 1}, "PDF, 1 Seite, 240 kB"),
        ({"media_type": "application/vnd.oasis.opendocument.presentation", "page_count": 12}, "ODP, 12 Folien, 240 kB"),
        ({"media_type": "image/jpeg", "width": 800, "height": 600}, "JPEG, 800 × 600 Pixel, 240 kB"),
        ({"media_type": "video/mp4"}, "MP4, 240 kB"),
        ({"media_type": "application/unbekannt", "page_count": 1}, "Datei, 240 kB"),
    ],
)
def test_facts_describe_the_content_of_a_file(fields, text):
    assert StoredFile(size=240_000, **fields).facts == text
