"""`portside cases` and `portside calibrate`: what operators do becomes cases and thresholds. Imports are late: the help must be quick."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from agent.domain.decision import Outcome
from agent.domain.intents import Intent
from agent.errors import BadInput
from eval.case import Split

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from eval.confirm import FromLog
    from eval.correction import Corrected, Label
    from eval.live import LiveCase

T = TypeVar("T")


class Thumb(StrEnum):
    GOOD = "good"
    BAD = "bad"


cases = typer.Typer(no_args_is_help=True, help="The labelled conversations of the evaluation.")


@cases.command("add")
def add(
    case_id: Annotated[str | None, typer.Argument(help="A case that was answered: the last part of /desk/cases/<id>.")] = None,
    intent: Annotated[
        list[Intent] | None, typer.Option(help="What the customer wanted; may be given again. Else as the agent read it.")
    ] = None,
    outcome: Annotated[Outcome | None, typer.Option(help="What the agent should have done. Else from what the operator did.")] = None,
    language: Annotated[str | None, typer.Option(help="ISO 639-1. Else as the agent read it.")] = None,
    split: Annotated[Split, typer.Option(help="Which cases it joins.")] = Split.DEV,
    file: Annotated[Path | None, typer.Option(help="JSON Lines file to append to; eval/cases/<split>/added.jsonl when not given.")] = None,
    rated: Annotated[Thumb | None, typer.Option(help="Instead of one case: all whose draft was rated so.")] = None,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="With --rated: rated on or after this day (UTC).")] = None,
) -> None:
    """Turn an operator's correction into a case, without personal data: text sent, thumb, note and how much was changed go with it."""
    if (case_id is None) == (rated is None) or (since and rated is None):
        raise typer.BadParameter("Give a case's id, or --rated good|bad, which --since may narrow.")
    if case_id is not None:
        from eval.correction import Label

        _add(case_id, Label(intents=tuple(intent or ()), outcome=outcome, language=language), split, file)
        return
    if intent or outcome or language:
        raise typer.BadParameter("--intent, --outcome and --language are of one case: add it by its id.")
    _add_rated(_rated(rated is Thumb.GOOD, since.replace(tzinfo=UTC) if since else None), split, file)


def _add(case_id: str, label: "Label", split: Split, file: Path | None) -> None:
    """Raises BadInput when the collection has it already."""
    from eval.collection import append
    from eval.correction import correct
    from eval.library import BadCases

    made = correct(_read(case_id), label)
    try:
        place = append(made.case, split, file)
    except BadCases as error:
        raise BadInput(str(error)) from None
    _tell(made, place)


def _add_rated(ids: list[str], split: Split, file: Path | None) -> None:
    """One that cannot join is named, and the others go on."""
    from eval.correction import Label

    added = 0
    for case_id in ids:
        try:
            _add(case_id, Label(), split, file)
            added += 1
        except BadInput as error:
            typer.echo(f"{case_id}: left out. {error}")
    typer.echo(f"{added} of {len(ids)} rated cases added.")


@cases.command("check")
def check() -> None:
    """Validate all cases: every line, ids, texts that are there twice, authors of two splits. Exit code 1 when something is wrong."""
    from eval.collection import survey

    found = survey()
    for line in found.problems:
        typer.echo(line, err=True)
    for row in found.splits:
        typer.echo(
            f"{row.split.value}: {row.cases} conversations, {row.turns} turns, {len(row.languages)} languages ({' '.join(row.languages)})"
        )
    if found.problems:
        typer.echo(f"{len(found.problems)} to mend.", err=True)
        raise typer.Exit(1)
    typer.echo("All cases are well.")


def calibrate(
    from_log: Annotated[
        bool, typer.Option("--from-log", help="From what operators did with the agent's drafts, not from the cases.")
    ] = False,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only cases closed on or after this day (UTC).")] = None,
    min_cases: Annotated[int, typer.Option(min=1, help="Write nothing below this many telling cases.")] = 299,
    write: Annotated[bool, typer.Option(help="Write the thresholds file.")] = True,
    file: Annotated[Path | None, typer.Option(help="The thresholds file; the agent's own when not given.")] = None,
) -> None:
    """How sure the agent must be to act alone: from the calibration cases, or with --from-log from live, operator-confirmed outcomes."""
    from eval.commands import calibrate as offline

    if not from_log:
        if since or file:
            raise typer.BadParameter("--since and --file go with --from-log.")
        offline.calibrate(write=write, split=Split.CALIBRATION, jobs=None)
        return
    found = _from_log(since.replace(tzinfo=UTC) if since else None)
    offline.show(list(found.certificates))
    _summary(found)
    if found.counted < min_cases:
        typer.echo(f"Too few: {found.counted} cases say something, {min_cases} are asked for (--min-cases). Nothing written.")
        raise typer.Exit(1)
    if write:
        _write(found, file)


def _summary(found: "FromLog") -> None:
    from eval.certify import LIMIT, MONEY_LIMIT
    from eval.confirm import needed

    typer.echo(
        f"{found.closed} closed cases; {found.counted} say what the agent would have been worth alone:"
        f" {found.confirmed} sent and ordered as it had suggested, {found.wrong} not."
    )
    for limit in (LIMIT, MONEY_LIMIT):
        bare, roomy = needed(limit)
        typer.echo(
            f"A bound of {limit:.1%} at 95 % takes {bare} right ones in a row, and {roomy} before a single wrong one is forgiven: the search asks that."
        )


def _write(found: "FromLog", file: Path | None) -> None:
    from eval.confirm import add_to

    gained = add_to(found, file)
    if gained:
        typer.echo(f"Certified from the log: {', '.join(kind.value for kind in gained)}. Restart the service to use it.")
    else:
        typer.echo("Nothing new is certified; the thresholds file stays as it was.")


def _tell(made: "Corrected", place: str) -> None:
    typer.echo(f"{place}: {made.case.id}")
    for item in made.replaced:
        typer.echo(f"  replaced {item.what}: {item.real!r} by {item.new!r}")
    for line in made.lost:
        typer.echo(f"  note: {line}")
    typer.echo("Read it once more before you commit it: what only a reader knows to be personal is still there.")


def _read(case_id: str) -> "LiveCase":
    from agent.commerce.demo_shop import DemoShop
    from eval.live import read

    return _asking(lambda engine: read(engine, DemoShop(engine), case_id))


def _rated(good: bool, since: datetime | None) -> list[str]:
    from eval.live import rated

    return _asking(lambda engine: rated(engine, good, since))


def _from_log(since: datetime | None) -> "FromLog":
    from eval.confirm import from_log
    from eval.live import closed

    return from_log(_asking(lambda engine: closed(engine, since)))


def _asking(question: Callable[["AsyncEngine"], Awaitable[T]]) -> T:
    """The answer of the live database."""
    from agent.settings import Settings
    from agent.store.engine import database_url, make_engine

    async def ask() -> T:
        engine = make_engine(database_url(Settings.model_validate({})), pool=1)
        try:
            return await question(engine)
        finally:
            await engine.dispose()

    return asyncio.run(ask())
