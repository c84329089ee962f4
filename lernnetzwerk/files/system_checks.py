from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def files_stay_out_of_web_roots(**_kwargs: Any) -> list[CheckMessage]:
    """FILES_ROOT must not overlap a public folder, which would bypass permissions and headers."""
    roots = [settings.STATIC_ROOT, settings.MEDIA_ROOT, getattr(settings, "WHITENOISE_ROOT", None)]
    files = Path(settings.FILES_ROOT).resolve()
    for root in [Path(root).resolve() for root in [*roots, *settings.STATICFILES_DIRS] if root]:
        if files == root or root in files.parents or files in root.parents:
            return [
                Error(f"FILES_ROOT and {root}, which is served as it is, must not contain each other.", id="files.E001")
            ]
    return []
