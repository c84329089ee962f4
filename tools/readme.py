"""Tables in the README that are written by the tool that measures them."""

import re

from tools.steps import ROOT, StepFailed

README = ROOT / "README.md"


def write(name: str, text: str) -> None:
    """Replaces what stands between the markers `<!-- name -->` and `<!-- /name -->`."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    readme = README.read_text()
    if begin not in readme or end not in readme:
        raise StepFailed(f"README.md lacks the marks {begin} and {end}; the table above was not written.")
    between = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    README.write_text(between.sub(lambda _: f"{begin}\n{text}\n{end}", readme, count=1))


def table(head: list[str], rows: list[list[str]]) -> str:
    """Markdown, the first column aligned left and the others right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
