from django import template

from lernnetzwerk.pictures.addresses import LARGE, SMALL
from lernnetzwerk.pictures.models import Picture
from lernnetzwerk.pictures.sizes import width

register = template.Library()


@register.inclusion_tag("_picture.html")
def picture(shown: Picture, style: str, *, sizes: str = "", credit: str = "Bild", is_eager: bool = False) -> dict:
    """One picture in a frame: `figure--{style}`, cut to its focus where the style cuts.

    `sizes` says how wide it will be, as the attribute of HTML does; without it the small one is wide enough.
    """
    offered = {word: width(shown.source, word) for word in ((SMALL, LARGE) if sizes else (SMALL,))}
    addresses = {f"{shown.address}/{word}": pixels for word, pixels in offered.items()}
    is_a_choice = len(set(offered.values())) > 1 and None not in offered.values()
    return {
        "picture": shown,
        "style": style,
        "address": list(addresses)[-1],
        "addresses": addresses if is_a_choice else {},
        "sizes": sizes,
        "credit": credit,
        "is_eager": is_eager,
    }
