"""Raw HTML is taken out of Markdown: whatever shows an article later never meets a script of its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.article import Article, Problem
from knowledge.sources.source import Loaded

_TAG = re.compile(r"\\.|<!--|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?=[\s/>])[^<>]*>|<(?=[a-zA-Z/!?])", re.DOTALL)
_AUTOLINK = re.compile(r"<(?:https?://|mailto:|[\w.+-]+@)[^\s<>]*>")
_BAD_LINK = re.compile(r"(\]\(\s*<?|\]:\s*<?)\s*(?:javascript|vbscript|data|file):[^\s)>]*", re.IGNORECASE)
_SILENT = frozenset("script style template iframe object svg math noscript textarea title head".split())
_BREAK = frozenset("address article aside blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li main ol p pre section table tr ul".split())
_INLINE = frozenset(
    "a abbr audio b base bdi bdo big body button caption center cite code col colgroup data datalist del details dfn dialog em embed fieldset "
    "figcaption figure font footer form frame frameset header html i img input ins kbd label legend link map mark meta meter nav optgroup option "
    "output param picture progress q rp rt ruby s samp select small source span strike strong sub summary sup tbody td tfoot th thead time track "
    "tt u var video wbr".split()
)


def without_html(markdown: str) -> str:
    """The Markdown with no raw HTML: tags go (with their content, for scripts and the like), any other `<` is escaped."""
    text = "".join(_pieces(markdown))
    return re.sub(r"\n{3,}", "\n\n", _BAD_LINK.sub(r"\1#", text)).strip()


def _pieces(text: str) -> Iterator[str]:
    # One pass with a cursor: a regex over whole elements would take quadratic time on many openings without an end.
    lower, at = text.lower(), 0
    while found := _TAG.search(text, at):
        yield text[at : found.start()]
        piece, at = _piece(text, lower, found)
        yield piece
    yield text[at:]


def _piece(text: str, lower: str, found: re.Match[str]) -> tuple[str, int]:
    """What stands for this match, and where to read on."""
    name = (found["name"] or "").lower()
    if found[0].startswith("\\"):
        return found[0], found.end()
    if found[0] == "<!--":
        end = text.find("-->", found.end()) if text.rfind("-->") >= found.end() else -1
        return ("", end + 3) if end >= 0 else ("\\<", found.start() + 1)
    if name in _SILENT:
        return "", found.end() if found["close"] else _after(lower, name, found.end())
    if name in _BREAK:
        return "\n", found.end()
    if name in _INLINE:
        return "", found.end()
    link = _AUTOLINK.match(text, found.start())
    return (link[0], link.end()) if link else ("\\<", found.start() + 1)


def _after(lower: str, name: str, start: int) -> int:
    """Behind the closing tag; an element that never ends only loses its opening."""
    close = f"</{name}"
    if lower.rfind(close) < start:
        return start
    end = lower.find(">", lower.find(close, start))
    return end + 1 if end >= 0 else len(lower)


def plain(article: Article, file: str) -> Article | Problem:
    """The article without raw HTML, or what is wrong when nothing is left of it."""
    title, body = without_html(article.title), without_html(article.body)
    if not title or not body:
        return Problem(file, 1, "holds only HTML tags or scripts: write the text itself, in Markdown")
    return article.model_copy(update={"title": title, "body": body})


def all_plain(loaded: Loaded) -> Loaded:
    """The same for everything a source gave."""
    made = [plain(article, f"{article.language}/{article.id}") for article in loaded.articles]
    articles = tuple(item for item in made if isinstance(item, Article))
    return Loaded(articles, loaded.problems + tuple(item for item in made if isinstance(item, Problem)), loaded.retired)
