"""How audio gadgets and home textiles are drawn."""

from collections.abc import Callable

from agent.commerce.demo.shapes import Paint, circle, mirrored, oval, path, rect, stroke


def earbuds(p: Paint) -> str:
    bud = (
        rect(128, 118, 26, 92, p.main, 13)
        + oval(148, 112, 34, 30, p.main)
        + oval(170, 104, 15, 20, p.dark)
        + oval(176, 102, 7, 13, p.light)
        + circle(141, 200, 4, p.accent)
    )
    case = rect(120, 226, 160, 108, p.main, 44) + path("M120 272h160v-4a42 42 0 0 0-42-42h-76a42 42 0 0 0-42 42z", p.light)
    return case + stroke("M120 272H280", p.dark, 3) + circle(200, 296, 6, p.accent) + mirrored(bud)


def headphones(p: Paint) -> str:
    cup = rect(84, 196, 66, 118, p.main, 30) + rect(134, 204, 30, 102, p.dark, 15) + rect(98, 232, 12, 46, p.accent, 6)
    band = stroke("M112 214V186a88 88 0 0 1 176 0v28", p.dark, 20) + stroke("M128 138a88 88 0 0 1 144 0", p.light, 9)
    return band + mirrored(cup)


def speaker(p: Paint) -> str:
    body = rect(124, 78, 152, 258, p.main, 40) + rect(140, 98, 120, 218, p.dark, 30)
    rings = circle(200, 244, 50, p.main) + circle(200, 244, 36, p.light) + circle(200, 244, 13, p.accent)
    tweeter = circle(200, 146, 24, p.main) + circle(200, 146, 13, p.accent)
    return body + rings + tweeter + stroke("M160 78a40 26 0 0 1 80 0", p.accent, 8)


def towels(p: Paint) -> str:
    folded = "".join(
        rect(98 + shift, top, 204 - 2 * shift, 58, colour, 22)
        + stroke(f"M{126 + shift} {top + 20}H{302 - shift}", p.dark, 3)
        + rect(130 + shift, top, 18, 58, p.accent)
        for top, colour, shift in ((276, p.main, 0), (216, p.light, 8), (156, p.main, 16))
    )
    roll = rect(146, 104, 108, 54, p.light, 27) + circle(232, 131, 27, p.main) + circle(232, 131, 15, p.light)
    return folded + roll + stroke("M232 131m-7 0a7 7 0 1 1 7 7", p.dark, 3)


def duvet(p: Paint) -> str:
    pillows = rect(96, 120, 98, 66, p.light, 24) + rect(206, 120, 98, 66, p.light, 24)
    cover = path("M78 190c40-22 204-22 244 0v128c0 12-10 20-22 20H100c-12 0-22-8-22-20z", p.main)
    fold = path("M78 190c40-22 204-22 244 0v34c-44-20-200-20-244 0z", p.accent)
    seams = stroke("M140 226v108M200 220v116M260 226v108", p.dark, 2.5, "7 9")
    return rect(72, 92, 256, 70, p.dark, 22) + pillows + cover + fold + seams


def curtain(p: Paint) -> str:
    panel = path("M84 92h104c4 70-10 120-52 158 18 30 14 60 10 86H84z", p.main)
    folds = stroke("M108 96v236M134 96c0 70-4 112-22 146M160 96c0 56-8 96-24 128", p.dark, 4)
    tie = rect(80, 240, 64, 14, p.accent, 7)
    window = rect(150, 104, 100, 190, "#ffffff", 6) + stroke("M200 104v190M150 198h100", p.light, 6)
    return window + mirrored(panel + folds + tie) + rect(62, 78, 276, 14, p.dark, 7) + mirrored(circle(62, 85, 13, p.accent))


def blanket(p: Paint) -> str:
    body = path("M92 130c60-26 156-26 216 0v170H92z", p.main) + path("M92 130c60-26 156-26 216 0v56c-60-24-156-24-216 0z", p.light)
    stripes = stroke("M92 222c60-22 156-22 216 0M92 244c60-22 156-22 216 0", p.accent, 7)
    fringe = stroke("".join(f"M{x} 302v30" for x in range(98, 308, 12)), p.dark, 4)
    return body + stripes + stroke("M92 186c60-24 156-24 216 0", p.dark, 3) + fringe


SHAPES: dict[str, Callable[[Paint], str]] = {
    "earbuds": earbuds,
    "headphones": headphones,
    "speaker": speaker,
    "towels": towels,
    "duvet": duvet,
    "curtain": curtain,
    "blanket": blanket,
}
