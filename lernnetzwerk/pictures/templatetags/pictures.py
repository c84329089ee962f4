from django import template

from lernnetzwerk.pictures.addresses import LARGE, SMALL
from lernnetzwerk.pictures.models import Picture

register = template.Library()


@register.inclusion_tag("_picture.html")
def picture(
    shown: Picture, style: str, *, is_wide: bool = False, credit: str = "Bild", is_eager: bool = False
) -> dict[str, object]:
    """One picture in a frame: `figure--{style}`, cropped to its focus if the style crops.

    Wide pictures are shown large except on phones; for the others the small rendition has enough pixels.
    """
    small = f"{shown.address}/{SMALL}"
    return {
        "picture": shown,
        "style": style,
        "address": f"{shown.address}/{LARGE}" if is_wide else small,
        "on_phones": small if is_wide else "",
        "credit": credit,
        "is_eager": is_eager,
    }
