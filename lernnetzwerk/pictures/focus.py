"""The part of a picture that must stay visible when a page crops it."""

from django.db import models


class Focus(models.TextChoices):
    """The nine fields of a picture in reading order; each has a CSS class, such as `focus-top-left`."""

    TOP_LEFT = "top-left", "oben links"
    TOP = "top", "oben"
    TOP_RIGHT = "top-right", "oben rechts"
    LEFT = "left", "links"
    CENTER = "center", "Mitte"
    RIGHT = "right", "rechts"
    BOTTOM_LEFT = "bottom-left", "unten links"
    BOTTOM = "bottom", "unten"
    BOTTOM_RIGHT = "bottom-right", "unten rechts"
