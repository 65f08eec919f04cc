"""Raw HTML is taken out of Markdown: whatever shows an article later never meets a script of its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.article import Article, Problem
from knowledge.sources.source import Loaded

_TAG = re.compile(r"\\.|<!--|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?=[\s/>])[^<>]*>|<(?=[a-zA-Z/!?])", re.DOTALL)
_AUTOLINK = re.compile(r"<(?:https?://|mailto:|[\w.+-]+@)[^\s<>]*>")
_BAD_LINK = re.compile(r"(\](?:\(|:)\s*(?:<\s*)?)(?:javascript|vbscript|data|file):[^\s)>]*", re.IGNORECASE)
_SILENT = frozenset(re.findall(r"\w+", "script style template iframe object svg math noscript textarea title head"))
_BREAK = frozenset(
    re.findall(r"\w+", "address article aside blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li main ol p pre section table tr ul")
)
_INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr audio b base bdi bdo big body button caption center cite code col colgroup data datalist del details dfn dialog em embed fieldset "
        "figcaption figure font footer form frame frameset header html i img input ins kbd label legend link map mark meta meter nav optgroup option "
        "output param picture progress q rp rt ruby s samp select small source span strike strong sub summary sup tbody td tfoot th thead time track "
        "tt u var video wbr",
    )
)


def without_html(markdown: str) -> str:
    """The Markdown with no raw HTML: tags go (with their content, for scripts and the like), any other `<` is escaped."""
    text = "".join(_pieces(markdown))
    return re.sub(r"\n{3,}", "\n\n", _BAD_LINK.sub(r"\1#", text)).strip()


class _Text:
    """A text and where the last closing of each kind stands: an element that never ends is not looked for a second time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lower = text.lower()
        self._last: dict[str, int] = {}

    def find(self, mark: str, start: int) -> int:
        """Where `mark` comes next, -1 when it does not."""
        if mark not in self._last:
            self._last[mark] = self.lower.rfind(mark)
        return self.lower.find(mark, start) if self._last[mark] >= start else -1


def _pieces(markdown: str) -> Iterator[str]:
    # One pass with a cursor: a regex over whole elements would take quadratic time on many openings without an end.
    source, at = _Text(markdown), 0
    while found := _TAG.search(markdown, at):
        yield markdown[at : found.start()]
        piece, at = _piece(source, found)
        yield piece
    yield markdown[at:]


def _piece(source: _Text, found: re.Match[str]) -> tuple[str, int]:
    """What stands for this match, and where to read on."""
    name = (found["name"] or "").lower()
    if found[0].startswith("\\"):
        return found[0], found.end()
    if found[0] == "<!--":
        end = source.find("-->", found.end())
        return ("", end + 3) if end >= 0 else ("\\<", found.start() + 1)
    if name in _SILENT:
        return "", found.end() if found["close"] else _after(source, name, found.end())
    if name in _BREAK:
        return "\n", found.end()
    if name in _INLINE:
        return "", found.end()
    link = _AUTOLINK.match(source.text, found.start())
    return (link[0], link.end()) if link else ("\\<", found.start() + 1)


def _after(source: _Text, name: str, start: int) -> int:
    """Behind the closing tag; an element that never ends only loses its opening."""
    close = source.find(f"</{name}", start)
    if close < 0:
        return start
    end = source.find(">", close)
    return end + 1 if end >= 0 else len(source.text)


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
