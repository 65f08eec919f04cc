"""The figures of a run beside their bounds, as a table and as JSON."""

from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

from rich.console import Console
from rich.table import Table

from eval.bench import commerce, knowledge, model_turn, photos
from eval.bench.load import Loads
from eval.bench.memory import Memory
from eval.bench.scale import Level
from eval.bench.startup import Startup
from eval.bench.turn import Costs
from eval.bench.usage import median, percentile


@dataclass(frozen=True, slots=True)
class Figure:
    """`bound` None is for information; `least` turns the bound round: at least so much."""

    name: str
    measured: float
    unit: str
    bound: float | None = None
    least: bool = False

    @property
    def ok(self) -> bool:
        if self.bound is None:
            return True
        return self.measured >= self.bound if self.least else self.measured <= self.bound


def of_costs(costs: Costs) -> list[Figure]:
    """The ratio is of means: a turn's rare dear parts are paid for too."""
    floors, turns = [cpu.all for cpu in costs.floor], [cpu.all for cpu in costs.turn]
    floor, turn = fmean(floors), fmean(turns)
    return [
        Figure("floor, CPU of our process (mean)", floor, "ms"),
        Figure("a whole turn, CPU of our process (mean)", turn, "ms"),
        Figure("a whole turn against the floor", turn / floor, "x", 1.8),
        Figure("the same by medians", median(turns) / median(floors), "x"),
        Figure("a whole turn, CPU of the event loop's thread alone (mean)", fmean(cpu.loop for cpu in costs.turn), "ms"),
    ]


def of_loads(loads: Loads) -> list[Figure]:
    steady, flat_out = loads.steady, loads.flat_out
    ms = 1000
    return [
        Figure("message acknowledged, p99 at 10 turns/s", percentile(steady.acknowledged, 0.99) * ms, "ms", 100),
        Figure("message acknowledged, median", median(steady.acknowledged) * ms, "ms"),
        Figure("reply committed, p95 at 10 turns/s", percentile(steady.committed, 0.95) * ms, "ms", 500),
        Figure("reply committed, median", median(steady.committed) * ms, "ms"),
        Figure("CPU of the service a turn at 10 turns/s, HTTP, jobs and streams included", steady.service_cpu, "ms"),
        Figure("CPU of the database a turn at 10 turns/s", steady.database_cpu, "ms"),
        Figure("turns a second, 50 conversations flat out", flat_out.rate, "/s", 25, least=True),
        Figure("CPU of the service a turn, flat out", flat_out.service_cpu, "ms"),
        Figure("CPU of the database a turn, flat out", flat_out.database_cpu, "ms"),
        Figure("cores that others kept busy meanwhile", flat_out.elsewhere, ""),
        Figure("messages refused or unanswered", len(steady.failed) + len(flat_out.failed), "", 0),
    ]


def of_service(memory: Memory, startup: Startup) -> list[Figure]:
    return [
        Figure("memory of the service after the load", memory.resident, "MB", 900),
        Figure("torch loaded at run time (1 = yes)", float(memory.torch), "", 0),
        Figure("ready, its database stopped before", startup.cold, "s", 6),
        Figure("ready, its database running", startup.warm, "s", 6),
        Figure("CPU of the service until it is ready", startup.cpu, "s"),
    ]


def of_levels(levels: list[Level]) -> list[Figure]:
    """Flat: at most a fifth dearer than in a small database, our process and the database taken together."""
    shown = [
        figure
        for level in levels
        for figure in (
            Figure(f"{level.stored:,} conversations stored: CPU of a turn (median)", level.cpu, "ms"),
            Figure(f"{level.stored:,} conversations stored: CPU of the database", level.database_cpu, "ms"),
            Figure(f"{level.stored:,} conversations stored: a turn takes (median)", level.elapsed, "ms"),
        )
    ]
    first, last = (level.cpu + level.database_cpu for level in (levels[0], levels[-1]))
    return [*shown, Figure(f"CPU of a turn, {levels[-1].stored:,} against {levels[0].stored:,}", last / first, "x", 1.2)]


def of_knowledge(costs: knowledge.Costs) -> list[Figure]:
    at = f"{costs.passages:,} passages"
    ms = 1000
    return [
        Figure(f"{at}: question answered with embedding and filters, p95", percentile(costs.answered, 0.95) * ms, "ms", 30),
        Figure(f"{at}: question answered, median", median(costs.answered) * ms, "ms"),
        Figure(f"{at}: share of the nearest ten that the index finds", costs.exact, "", 0.99, least=True),
        Figure(f"{at}: sync of all, without embedding", costs.filled, "s"),
        Figure(f"{at}: sync with nothing changed", costs.unchanged, "s", 2),
        Figure(f"{at}: sync with 1 % changed, without embedding", costs.changed, "s", 3),
        Figure(f"{at}: memory gained between a fifth of the indexing and its end", costs.grown, "MB", 64),
        Figure("speed of indexing against the embedder alone", costs.bulk, "x", 0.85, least=True),
    ]


def of_commerce(costs: commerce.Costs) -> list[Figure]:
    planned, paid = costs.rushes
    return [*_of_gathering(costs), *_of_rush("planned", planned), *_of_rush("paid", paid), *_of_judgements(costs)]


def _of_gathering(costs: commerce.Costs) -> list[Figure]:
    trip, gathered = median(costs.trip) + median(costs.order), median(costs.gathered)
    both = [left + right for left, right in zip(costs.gathered, costs.carded, strict=True)]
    return [
        Figure("floor, one round trip to the database (median)", median(costs.trip), "ms"),
        Figure("floor, one order in one query (median)", median(costs.order), "ms"),
        Figure("gather a turn: order, shipment, stock, batch, grants, history; p95", percentile(costs.gathered, 0.95), "ms", 60),
        Figure("gather a turn, median", gathered, "ms"),
        Figure("gather a turn against both floors, medians", gathered / trip, "x", 10),
        Figure("gather with the context card, p95", percentile(both, 0.95), "ms", 100),
        Figure("gather with the context card, median", median(both), "ms"),
        Figure("turns that did not get all of it", len(costs.partly), "", 0),
        Figure("an order that the mirror holds, median", median(costs.kept), "ms"),
        Figure("the same against one order in one query", median(costs.kept) / median(costs.order), "x", 2),
    ]


def _of_rush(what: str, rush: commerce.Rush) -> list[Figure]:
    return [
        Figure(f"{rush.at_once:,} refunds at once on one order, {what} more or less than once", abs(rush.won - 1), "", 0),
        Figure(f"{rush.at_once:,} refunds at once, {what}", rush.seconds, "s"),
        Figure("the same against as many transactions of one row", rush.seconds / rush.floor, "x", 12),
    ]


def _of_judgements(costs: commerce.Costs) -> list[Figure]:
    floor = median(costs.parsed)
    return [
        Figure("floor, an order read from its JSON", floor * 1000, "us"),
        Figure("a verdict of the policy pack", median(costs.judged) * 1000, "us"),
        Figure("the same against the floor", median(costs.judged) / floor, "x", 8),
        Figure("ways to put an order right, ranked", median(costs.offered), "ms"),
        Figure("the same against the floor", median(costs.offered) / floor, "x", 60),
        Figure("a choice read from a customer's words", median(costs.chosen), "ms"),
        Figure("the same against the floor", median(costs.chosen) / floor, "x", 12),
    ]


def of_models(costs: model_turn.Costs) -> list[Figure]:
    """A model turn is one that asks a model; what the cascade answers without one would flatter it."""
    shown = [Figure("a turn by the local brain, CPU of our process (mean)", fmean(t.cpu for t in costs.turns[model_turn.LOCAL]), "ms")]
    for name, bound in ((model_turn.CASCADE, 1.3), (model_turn.ALWAYS, None)):
        turns, asking = costs.turns[name], costs.asking(name)
        shown += [
            Figure(f"{name}: share of turns that ask a model", len(asking) / len(turns), ""),
            Figure(f"{name}: calls of such a turn", sum(t.calls for t in asking) / max(1, len(asking)), ""),
            Figure(f"{name}: CPU of our process for such a turn (mean)", fmean([t.cpu for t in asking] or [0.0]), "ms"),
            Figure(f"{name}: the same against local turns of the same texts", costs.against_local(name), "x", bound),
        ]
    return shown


def of_photos(costs: photos.Costs) -> list[Figure]:
    whole = [taken + looked for taken, looked in zip(costs.taken_in, costs.looked_at, strict=True)]
    return [
        Figure("a photo of 12 megapixels taken in, recognised and diagnosed: CPU (mean)", fmean(whole), "ms", 250),
        Figure("of which taking it in, in the process apart", fmean(costs.taken_in), "ms"),
        Figure("of which looking at it", fmean(costs.looked_at), "ms"),
        Figure("memory more after photos, the process apart included", costs.grown, "MB", 400),
        Figure("a label read: CPU (mean)", fmean(costs.read), "ms"),
        Figure("memory more after labels", costs.grown_by_labels, "MB"),
    ]


def as_json(figures: list[Figure]) -> list[dict[str, Any]]:
    return [asdict(figure) | {"ok": figure.ok} for figure in figures]


def show(figures: list[Figure], title: str) -> None:
    table = Table("figure", "bound", "measured", "", title=title, title_justify="left")
    for figure in figures:
        bound = "" if figure.bound is None else f"{'>=' if figure.least else '<='} {figure.bound:g} {figure.unit}"
        verdict = "" if figure.bound is None else ("[green]ok[/green]" if figure.ok else "[red]over[/red]")
        table.add_row(figure.name, bound, f"{figure.measured:.2f} {figure.unit}", verdict)
    Console().print(table)
