"""Plain text as the little HTML that the portal's texts are made of."""


def prose(text: str) -> str:
    """Blocks stand apart by an empty line; one whose lines begin with `- ` is a list, every other a paragraph."""
    return "".join(_block(block.strip().splitlines()) for block in text.split("\n\n") if block.strip())


def _block(lines: list[str]) -> str:
    if all(line.startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{line[2:]}</li>" for line in lines) + "</ul>"
    return f"<p>{' '.join(lines)}</p>"
