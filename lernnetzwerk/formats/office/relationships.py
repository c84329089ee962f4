"""Relationships between the parts of an Office file (ECMA-376, part 2)."""

import posixpath
from typing import NamedTuple
from zipfile import ZipFile

from lernnetzwerk.formats.xml_tree import optional_root

RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Relationship(NamedTuple):
    """From one part of a file to the part named `target` of the same file."""

    id: str
    type: str
    target: str


def relationships(archive: ZipFile, name: str) -> list[Relationship]:
    """The internal relationships of a part; external ones are never followed."""
    folder, _, last = name.rpartition("/")
    tree = optional_root(archive, posixpath.join(folder, "_rels", f"{last}.rels"))
    return [
        Relationship(one.get("Id", ""), one.get("Type", "").rpartition("/")[2], resolve(folder, one.get("Target", "")))
        for one in (() if tree is None else tree.iter(RELATIONSHIP))
        if one.get("TargetMode") != "External"
    ]


def resolve(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def targets(archive: ZipFile, name: str) -> dict[str, str]:
    """Relationship id → name of the target part."""
    return {one.id: one.target for one in relationships(archive, name)}


def main_part(archive: ZipFile, usual: str) -> str:
    """The name of the main part, by default `usual`: Word in the browser calls it document2.xml."""
    found = (one.target for one in relationships(archive, "") if one.type == "officeDocument")
    return next((name for name in found if name in archive.namelist()), usual)
