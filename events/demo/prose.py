"""Converts plain text to the HTML of the portal's texts."""


def prose(text: str) -> str:
    """Empty lines separate blocks; a block whose lines begin with `- ` is a list, others are paragraphs."""
    return "".join(_block(block.strip().splitlines()) for block in text.split("\n\n") if block.strip())


def _block(lines: list[str]) -> str:
    if all(line.startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{line[2:]}</li>" for line in lines) + "</ul>"
    return f"<p>{' '.join(lines)}</p>"
