"""`run`: play the labelled conversations, judge them, write the report."""

import asyncio
import json
from pathlib import Path
from typing import Annotated, Any

import typer

from agent.policy import thresholds
from eval import baseline, gates
from eval.case import Split
from eval.commands import playing
from eval.commands.terminal import bar, console, percent, table
from eval.judge_run import Judged
from eval.report import assemble
from eval.report.figures import Figures
from eval.report.junit import junit
from eval.report.page import page


def run(
    split: Annotated[Split, typer.Option(help="Which cases.")] = Split.SEALED,
    language: Annotated[list[str] | None, typer.Option(help="Only this language; may be given again.")] = None,
    data: Annotated[Path | None, typer.Option(help="A JSON Lines file of your own cases instead.")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Act on provisional thresholds too, as the demo does.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="A fair sample: half a minute.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="With public data and simulated customers.")] = False,
    judge: Annotated[bool, typer.Option("--judge", help="A language model as a second judge; see PORTSIDE_MODEL_SMALL.")] = False,
    jobs: Annotated[int | None, typer.Option(help="Processes; one a core when not given.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Play again what was played already.")] = False,
    keep: Annotated[bool, typer.Option("--baseline", help="Take this run as the baseline to compare with.")] = False,
    gate: Annotated[bool, typer.Option("--gates", help="Exit 1 when a gate does not hold.")] = False,
) -> None:
    """Play the labelled conversations through the real graph and write report.html, report.json and report.xml."""
    if judge:
        _judge_ready()
    cases = playing.chosen(split, language or [], data)
    cases = playing.quick(cases) if quick else cases
    played = playing.play(split.value, cases, thresholds.load(), demo=demo, jobs=jobs, fresh=fresh)
    judged = played.judged()
    parts = _parts(played, judged, data, quick, everything) | (_second_opinion(judged) if judge else {})
    report = assemble.assemble(played, judged, **parts)
    rulings = gates.rule(gates.load(), report)
    report["gates"] = [ruling.as_json() for ruling in rulings]
    folder = playing.settings().data / "eval"
    write(report, folder)
    _show(report, folder)
    if keep:
        console.print(
            f"Baseline: {baseline.write(baseline.path(split.value, played.identity.mode), played.identity, judged)}", markup=False
        )
    raise typer.Exit(1 if gate and gates.broken(rulings) else 0)


def _parts(played: assemble.Run, judged: Any, data: Path | None, quick: bool, everything: bool) -> dict[str, Any]:
    """What stands beside the cases: the baseline, risk and coverage of the calibration, public data, simulated customers."""
    parts: dict[str, Any] = {}
    before = None if data or quick else baseline.load(baseline.path(played.split, played.identity.mode))
    if before:
        parts["baseline"] = baseline.compare(before, judged)
    certified = playing.settings().data / "eval" / "certificates.json"
    if certified.is_file():
        parts["certificates"] = json.loads(certified.read_text(encoding="utf-8"))
    if everything:
        from eval.commands.beside import simulation, suites

        parts |= {"suites": suites(), "simulation": simulation(demo=played.identity.mode == "demo")}
    return parts


def _judge_ready() -> None:
    """Raises NotReady before minutes are spent on playing."""
    from eval.model_judge import ready

    ready(playing.settings())


def _second_opinion(judged: list[Judged]) -> dict[str, Any]:
    from eval.model_judge import judge

    with bar("A model judges") as progress:
        return {"judge": asyncio.run(judge(playing.settings(), judged, progress=progress))}


def write(report: Figures, folder: Path) -> None:
    """report.html for people, report.json for programs, report.xml for build servers."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "report.xml").write_text(junit(report), encoding="utf-8")
    (folder / "report.html").write_text(page(report), encoding="utf-8")


def _show(report: Figures, folder: Path) -> None:
    title = f"{report['split']}, {report['identity']['mode']}: {report['cases']} conversations, {report['turns']} turns in {report['seconds']} s"
    rows = [(row["name"], percent(row)) for row in report["scorers"]]
    rows += [("Resolved and right", percent(report["resolution"]["resolved_right"])), ("Crashes", len(report["crashes"]))]
    console.print(table(title, ("fear", "how often (95 % interval)"), rows))
    verdicts = [(r["name"], _value(r), r["limit"], _verdict(r)) for r in report["gates"]]
    console.print(table("Gates", ("gate", "measured", "limit", "verdict"), verdicts))
    console.print(f"Report: {folder / 'report.html'}", markup=False)


def _value(ruling: Figures) -> str:
    value = ruling["value"]
    return "not measured" if value is None else f"{value:.2%}" if ruling["interval"] else f"{value:g}"


def _verdict(ruling: Figures) -> str:
    return "holds" if ruling["passed"] else "goal, not reached" if ruling["goal"] else "BROKEN"
