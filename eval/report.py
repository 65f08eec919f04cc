"""Tables on the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from eval.interval import Share
from eval.scorers import BY_NAME, SCORERS
from eval.triage import ALL, Reading, by_language, failed, shares

console = Console(width=None if Console().is_terminal else 140)


def triage_table(readings: Sequence[Reading]) -> Table:
    """Wrong of judged readings, per language and in all; the last rows are the share of all in % and its 95 % interval."""
    table = Table(title=f"Triage: wrong of judged readings, {len(readings)} cases", title_justify="left")
    for column in ("", "cases", "crashes", *(scorer.name.replace("_", " ") for scorer in SCORERS)):
        table.add_column(column, justify="right" if column else "left")
    for language, group in by_language(readings).items():
        if language == ALL:
            table.add_section()
        crashes = sum(1 for item in group if not item.read)
        table.add_row(language, str(len(group)), str(crashes), *(_cell(share) for share in shares(group).values()))
    total = shares(readings).values()
    table.add_row("", "", "", *(f"{share.value:.1%}" for share in total))
    table.add_row("95 %", "", "", *("{:.1f}-{:.1f}".format(*(100 * end for end in share.interval)) for share in total))
    return table


def wrong_table(readings: Sequence[Reading], scorer: str) -> Table:
    """Each failure of one scorer: text, wanted, got."""
    judge = BY_NAME[scorer]
    table = Table(title=judge.name.replace("_", " "), title_justify="left")
    for column in ("case", "text", "wanted", "got"):
        table.add_column(column, overflow="fold")
    for item in failed(readings, judge):
        assert item.read
        table.add_row(item.case.id, item.case.text, judge.wanted(item.case), judge.got(item.read))
    return table


def crash_lines(readings: Sequence[Reading]) -> list[str]:
    return [f"{item.case.id} crashed: {item.crash}" for item in readings if not item.read]


def _cell(share: Share) -> str:
    return f"{share.hits}/{share.n}" if share.n else "-"
