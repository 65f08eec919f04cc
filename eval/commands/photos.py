"""`photos`: how well defects are told in drawn photos of products that were not learned."""

import json
from dataclasses import asdict
from typing import Annotated, Any

import typer

from agent.vision.eyes import shared_extractor
from eval.commands import playing
from eval.commands.terminal import bar, console, table
from eval.photos.drawn import collect
from eval.photos.measure import Figures, measure
from eval.stats import Share

#: What a build must not fall below, over all categories. They were measured on drawn photos and hold for those alone.
RIGHT, TOLD, ECE = 0.85, 0.45, 0.12


def photos(
    each: Annotated[int, typer.Option(min=2, max=20, help="Photos of each damage of each product.")] = 4,
    gate: Annotated[bool, typer.Option("--gate", help="Exit 1 when a goal is missed.")] = False,
) -> None:
    """SYNTHETIC photos, held out by product: what is told, how often it is right, and how sure it is."""
    folder = playing.settings().data / "eval"
    with bar("drawing photos") as progress:
        found = collect(shared_extractor(playing.settings().models), each, folder, progress)
    figures = list[Figures]()
    with bar("learning without each product") as progress:
        for done, (name, examples) in enumerate(found.items()):
            progress(done, len(found))
            figures.append(measure(name, examples))
    show(figures)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "photos.json").write_text(json.dumps(as_json(figures), indent=1) + "\n", encoding="utf-8")
    raise typer.Exit(1 if gate and not passed(figures) else 0)


def pooled(shares: list[Share]) -> Share:
    return Share(sum(one.hits for one in shares), sum(one.n for one in shares))


def passed(figures: list[Figures]) -> bool:
    right, told = pooled([one.right for one in figures]), pooled([one.told for one in figures])
    return right.value >= RIGHT and told.value >= TOLD and max(one.ece for one in figures) <= ECE


def as_json(figures: list[Figures]) -> dict[str, Any]:
    """With the word that must stand beside every one of these figures."""
    return {"photos": "synthetic", "held_out": "by product", "categories": [asdict(one) for one in figures]}


def show(figures: list[Figures]) -> None:
    columns = "category", "photos", "told", "right when told", "damage called whole", "likeliest class right", "ECE", "AUROC, lowest"
    rows = [
        (
            one.category,
            str(one.n),
            _share(one.told),
            _share(one.right),
            _share(one.missed),
            _share(one.guess),
            f"{one.ece:.3f}",
            _lowest(one),
        )
        for one in figures
    ]
    console.print(table("Defects in SYNTHETIC photos, held out by product (no real photos were looked at)", columns, rows))


def _share(share: Share) -> str:
    low, high = share.interval
    return f"{share.value:.2f} ({low:.2f}-{high:.2f})"


def _lowest(one: Figures) -> str:
    name = min(one.auroc, key=lambda label: one.auroc[label])
    return f"{one.auroc[name]:.2f} {name}"
