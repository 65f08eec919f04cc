"""The picture of the graph in the README, drawn from the graph itself: `python -m agent.picture` renews it."""

import re
from pathlib import Path

from agent.graph import build

README = Path(__file__).parent.parent / "README.md"
_BLOCK = re.compile(r"(<!-- graph: drawn by agent/picture.py -->\n```mermaid\n).*?(\n```)", re.DOTALL)
_FRONT_MATTER = re.compile(r"^---.*?---\n", re.DOTALL)


def mermaid() -> str:
    """Mermaid text without the theme that the library puts in front."""
    return _FRONT_MATTER.sub("", build().get_graph().draw_mermaid()).strip()


def with_picture(readme: str) -> str:
    """The README's text with the present picture. Raises ValueError when it has no place for one."""
    renewed, count = _BLOCK.subn(lambda block: block[1] + mermaid() + block[2], readme)
    if not count:
        raise ValueError("README.md has no block <!-- graph: drawn by agent/picture.py -->")
    return renewed


if __name__ == "__main__":
    README.write_text(with_picture(README.read_text(encoding="utf-8")), encoding="utf-8")
