"""The picture of the packages agrees with the contracts of import-linter."""

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from tools import architecture
from tools.architecture import Architecture, draw, load, side_by_side

CONTRACTS = [
    {"type": "layers", "layers": ["shop", "stock | people", "ground"]},
    {"type": "layers", "containers": ["shop"], "layers": ["urls", "views | admin", "models"]},
    {"type": "layers", "containers": ["shop.views"], "layers": ["too", "deep"]},
    {"type": "forbidden", "source_modules": ["shop"], "forbidden_modules": ["tests"]},
]
WIDEST_LETTER = 8.5  # pixels; the average letter of the widest usual font at 15 pixels


def architecture_of(contracts):
    return Architecture({"tool": {"importlinter": {"contracts": contracts}}})


def texts(svg, kind):
    return [
        text.text for text in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text") if text.get("class") == kind
    ]


def test_the_committed_picture_matches_the_contracts():
    assert architecture.PICTURE.read_text(encoding="utf-8") == draw(load()), "`make architecture` draws it anew."


def test_each_package_has_a_box_in_its_layer():
    svg = draw(architecture_of(CONTRACTS))

    assert texts(svg, "name") == ["shop", "stock", "people", "ground"]
    assert texts(svg, "part") == ["urls", "views", "admin", "models"]


def test_the_description_names_the_layers():
    description = ET.fromstring(draw(architecture_of(CONTRACTS))).find("{http://www.w3.org/2000/svg}desc").text

    assert description == (
        f"{architecture.RULE} From the top: shop; stock, people; ground. Inside shop: urls; views, admin; models."
    )


@pytest.mark.parametrize("number", [1, 2, 3, 5, 7])
def test_boxes_side_by_side_fill_the_layer(number):
    boxes = side_by_side([str(place) for place in range(number)], 10, 110, 6)

    ends = [x + width for _name, x, width in boxes]
    assert (boxes[0][1], ends[-1]) == (10, 110)
    assert [x for _name, x, _width in boxes[1:]] == [end + 6 for end in ends[:-1]]


def test_every_name_fits_into_its_box():
    boxes = [
        (text.text, float(box.get("width")))
        for box, text in pairwise(ET.fromstring(draw(load())).iter())
        if box.get("class") in {"box", "panel"} and text.get("class") in {"name", "part"}
    ]

    assert len(boxes) > 20
    assert [name for name, width in boxes if len(name) * WIDEST_LETTER > width] == []
