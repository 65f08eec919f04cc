"""Progress on the terminal; plain lines where there is none."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.console import Console

console = Console(stderr=True)


@contextmanager
def progress(title: str) -> Generator[Callable[[str], None]]:
    """A callable that shows the step under way."""
    if not console.is_terminal:
        last = ""

        def plain(step: str) -> None:
            nonlocal last
            head = step.partition(":")[0]
            if head != last:
                console.print(f"  {step}", highlight=False)
                last = head

        yield plain
        return
    with console.status(title) as status:
        yield lambda step: status.update(f"{title}: {step}")
