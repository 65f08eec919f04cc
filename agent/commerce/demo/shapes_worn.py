"""How beauty and fashion are drawn."""

from collections.abc import Callable

from agent.commerce.demo.shapes import Paint, circle, mirrored, path, rect, stroke


def bottle(p: Paint) -> str:
    glass = path("M148 186c0-22 20-30 30-40h44c10 10 30 18 30 40v126c0 14-10 24-24 24h-56c-14 0-24-10-24-24z", p.main)
    shine = rect(160, 196, 12, 118, p.light, 6)
    label = rect(148, 222, 104, 64, "#ffffff") + stroke("M166 242h68M166 258h44", p.accent, 5) + circle(230, 258, 5, p.main)
    pump = rect(178, 118, 44, 30, p.accent, 6) + path("M188 118V92a12 18 0 0 1 24 0v26z", p.dark)
    return glass + shine + label + pump


def jar(p: Paint) -> str:
    glass = rect(104, 188, 192, 148, p.main, 34) + rect(118, 204, 14, 100, p.light, 7)
    label = rect(146, 232, 108, 66, "#ffffff", 10) + stroke("M166 254h68M166 274h42", p.accent, 5)
    lid = rect(96, 128, 208, 66, p.accent, 18) + rect(96, 176, 208, 12, p.dark, 4)
    return glass + label + lid + path("M168 128c4-26 26-20 24-38 20 6 38 18 40 38z", "#ffffff")


def lipstick(p: Paint) -> str:
    stick = path("M172 186v-74c0-14 42-44 56-44v118z", p.main) + path("M172 112c0-14 42-44 56-44 0 18-36 42-56 44z", p.light)
    sleeve = rect(162, 184, 76, 46, "#e7d7b0", 6) + rect(162, 210, 76, 6, p.dark)
    base = rect(150, 228, 100, 108, p.accent, 10) + rect(162, 240, 10, 84, "#ffffff", 5).replace("/>", ' opacity=".35"/>')
    return stick + sleeve + base


def dress(p: Paint) -> str:
    half = path("M200 100c-12 0-20-8-22-26h-22c0 24-14 38-34 50l14 44 24-10c4 24 0 40-6 58l-46 116c36 10 64 8 92 8z", p.main)
    folds = stroke("M172 226l-22 108M192 226l-4 112", p.dark, 3)
    belt = path("M158 204h84v16h-84z", p.accent)
    return mirrored(half + folds) + belt + stroke("M178 76c4 30 40 30 44 0", p.dark, 4)


def jacket(p: Paint) -> str:
    half = path("M200 96l-34-14c-34 10-58 24-66 60l-24 138 42 12 16-72v112h66z", p.main)
    sleeve = stroke("M134 220l6-70", p.dark, 4) + path("M76 280l42 12-4 18-42-12z", p.accent)
    quilt = stroke("M140 188h56M138 236h58M138 284h58", p.dark, 3, "6 7") + rect(148, 252, 34, 6, p.accent, 3)
    collar = path("M166 82l34 14 34-14-6 40h-56z", p.light)
    return mirrored(half + sleeve + quilt) + collar + stroke("M200 112v218", p.accent, 5)


def sneaker(p: Paint) -> str:
    upper = path("M82 190c20 14 44 8 56-18 8-8 22-8 30 0l70 62c22 14 70 10 84 36v24H78c-6-40-6-74 4-104z", p.main)
    heel = path("M82 190c14 10 30 10 42 0 0 40-8 76-16 104H78c-6-40-6-74 4-104z", p.accent)
    sole = path("M74 286h252c6 0 8 8 6 18-2 18-12 26-26 26H92c-14 0-20-20-18-44z", "#ffffff")
    laces = stroke("M166 188l-22 18M186 206l-22 18M206 224l-22 18", p.dark, 7)
    toe = path("M258 242c28 4 60 8 64 28v16h-70c-6-16-4-32 6-44z", p.light)
    return upper + heel + toe + laces + sole + stroke("M82 308h240", p.accent, 5)


def jeans(p: Paint) -> str:
    half = path("M200 92h-68l-18 244h62l24-150z", p.main)
    seams = stroke("M138 120c18 0 28-10 30-26M144 108l-16 222", p.accent, 3, "6 5") + path("M114 322h62l-2 14h-60z", p.dark)
    waist = rect(130, 82, 140, 24, p.dark, 6) + circle(200, 94, 6, p.accent)
    return mirrored(half + seams) + waist + stroke("M200 106v64c0 10-8 14-16 14", p.accent, 3, "6 5")


SHAPES: dict[str, Callable[[Paint], str]] = {
    "bottle": bottle,
    "jar": jar,
    "lipstick": lipstick,
    "dress": dress,
    "jacket": jacket,
    "sneaker": sneaker,
    "jeans": jeans,
}
