"""`gates`: what decides in the build."""

from typing import Annotated

import typer

from eval.case import Split
from eval.commands.run import run


def gates(split: Annotated[Split, typer.Option(help="Which cases; builds use the sealed ones.")] = Split.SEALED) -> None:
    """Play the sealed cases and exit 1 when a gate does not hold. The agent acts as in the demo: on more than is certified, so more can fail."""
    run(split=split, language=None, data=None, demo=True, quick=False, everything=False, jobs=None, fresh=False, keep=False, gate=True)
