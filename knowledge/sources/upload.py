"""What an editor drops into the browser: any format the sources know, read in memory by the same parsers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from io import BytesIO
from pathlib import PurePosixPath

from knowledge.article import MAX_BYTES, Article, Problem
from knowledge.article import parse as parse_article
from knowledge.errors import SourceFailed
from knowledge.sources.apart import Apart
from knowledge.sources.defaults import NO_DEFAULTS, Defaults, slug
from knowledge.sources.files import Raw, sized, unzip
from knowledge.sources.formats import Format, Parsed, collect
from knowledge.sources.html import PAGE
from knowledge.sources.markup import plain
from knowledge.sources.pdf import PDF
from knowledge.sources.sheet import SHEET
from knowledge.sources.source import Key, Loaded

MAX_UPLOAD = 100_000_000
"""The most bytes of one upload, reached only by archives."""

_SIGNS = {".pdf": b"%PDF", ".xlsx": b"PK", ".zip": b"PK"}
_BINARY = (b"%PDF", b"PK\3\4", b"\x7fELF", b"MZ", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")


def articles_of(filename: str, data: bytes, defaults: Defaults = NO_DEFAULTS) -> Loaded:
    """The articles in an uploaded file, and what could not be used of it. Blocking (seconds, for a large PDF): call it in a thread.

    Nothing is executed, and nothing is written: the name only says the format and becomes part of an id.
    """
    name = _bare(filename)
    ending = PurePosixPath(name).suffix.lower()
    if ending not in LIMITS and ending != ".zip":
        kinds = " ".join(sorted({*LIMITS, ".zip"}))
        return Loaded((), (Problem(name, 1, f"this kind of file can not be read: upload one of {kinds}"),))
    with ExitStack() as stack:
        readers = {id(form): stack.enter_context(Apart(form.reader)) for form in (SHEET, PAGE, PDF)}
        try:
            told: set[Key] = set()
            loaded = collect(_telling(_parsed(name, ending, data, defaults, readers), told))
            return replace(loaded, articles=_originals(loaded.articles, told, defaults.language))
        except SourceFailed as failed:
            return Loaded((), (Problem(name, 1, str(failed)),))


def _parsed(name: str, ending: str, data: bytes, defaults: Defaults, readers: dict[int, Apart]) -> Iterator[Parsed]:
    single = sized(name, data, MAX_UPLOAD if ending == ".zip" else LIMITS[ending])
    found = unzip(BytesIO(data), name, LIMITS) if ending == ".zip" and isinstance(single, Raw) else iter((single,))
    for item in found:
        checked = item if isinstance(item, Problem) else _checked(item)
        if isinstance(checked, Problem):
            yield name, checked
            continue
        form = FORMATS.get(checked.ending)
        yield from form.parse(checked, defaults, readers[id(form)]) if form else _markdown(checked, defaults)


def _telling(parsed: Iterable[Parsed], told: set[Key]) -> Iterator[Parsed]:
    """The same, and adds to `told` the articles whose front matter says itself what they are translated from."""
    for name, made in parsed:
        if isinstance(made, Article) and name.lower().endswith(".md"):
            told.add((made.id, made.language))
        yield name, made


def _originals(articles: Sequence[Article], told: set[Key], spoken: str) -> tuple[Article, ...]:
    """A page in another language than the default one is a translation from it only where that text came with it."""
    there = {made.id for made in articles if made.language == spoken}
    alone = [made.id not in there and (made.id, made.language) not in told for made in articles]
    own = [made.model_copy(update={"source_language": made.language}) for made in articles]
    return tuple(mine if single else made for made, mine, single in zip(articles, own, alone, strict=True))


def _checked(raw: Raw) -> Raw | Problem:
    """The file, if its content is what its name says."""
    sign = _SIGNS.get(raw.ending)
    fits = sign in raw.data[:1024] if sign else not raw.data.startswith(_BINARY)
    return raw if fits else Problem(raw.name, 1, f"is not what {raw.ending} says: export it anew in that format")


def _markdown(raw: Raw, defaults: Defaults) -> Iterator[Parsed]:
    """An article with front matter; without any, the defaults, its first heading and its name have to do."""
    if raw.data.lstrip(b"\xef\xbb\xbf").startswith(b"---"):
        made = parse_article(raw.data, raw.name)
        yield raw.name, made if isinstance(made, Problem) else plain(made, raw.name)
        return
    try:
        text = raw.data.decode("utf-8-sig").replace("\r\n", "\n").strip()
    except UnicodeDecodeError as error:
        yield raw.name, Problem(raw.name, raw.data.count(b"\n", 0, error.start) + 1, "not UTF-8: save the file in that encoding")
        return
    heading = re.match(r"#\s+(.+)\n?", text)
    stem = PurePosixPath(raw.name).stem
    body = text[heading.end() :] if heading else text
    fields = {"id": slug(stem), "title": heading[1] if heading else stem, "body": body.strip()}
    yield raw.name, defaults.article(raw.name, 1, fields)


def _bare(filename: str) -> str:
    """The last part of a name, without anything a terminal or a path would act on."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable())[-120:] or "upload"


FORMATS: dict[str, Format] = {ending: form for form in (SHEET, PAGE, PDF) for ending in form.limits}
LIMITS = {ending: limit for form in (SHEET, PAGE, PDF) for ending, limit in form.limits.items()} | {".md": MAX_BYTES}
