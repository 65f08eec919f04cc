"""Words from outside become plain, short data: they end in customers' replies, so they carry no markup, no address and no orders."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

_MOST = 1000  # more would be refused anyway, and the patterns below take time by its square
_TAG = re.compile(r"<[^<>]*>")
_LINK = re.compile(r"!?\[([^\[\]]*)\](\([^()]*\)|\[[^\[\]]*\])")
_ADDRESS = re.compile(
    r"(?i)\b[a-z][a-z0-9+.-]*://\S*|\b(?:javascript|vbscript|data|mailto|tel|sms):\S+|\bwww\.\S+|\S+@\S+"
    r"|(?<![\w.])(?:[\w-]+\.)+[^\W\d_]{2,}(?:[/?#]\S*)?"
)
_MARKS = re.compile(r"[\\`*_#|~<>\[\]{}^=$]+")
#: Seven digits with little between them are a telephone or account number, whatever they are called.
_CALL = re.compile(r"(?:\d[\s().+/-]{0,2}){7,}")
_SENTENCE = re.compile(r"[!?;。！？؟]|\w{3,}[.:]\s(?!\d)")
#: Words a fact has no need of. A net with holes: what it lets through is still only quoted, and can move nothing.
_ORDERS = re.compile(
    r"(?i)\b(?:ignor\w*|disregard|override|jailbreak|prompts?|refund\w*|vouchers?|whatsapp|telegram|click|call|contact|must"
    r"|missacht\w*|erstatt\w+|rembours\w+|reembols\w+|rimbors\w+|cliquez|klicken)\b"
    r"|忽略|无视|提示词|退款|点击|無視|プロンプト|返金|クリック|игнорир|возврат|нажмите|تجاهل|استرداد|انقر"
)


def strip(text: object) -> object:
    """The words without tags, links, addresses, Markdown and invisible characters, on one line."""
    if not isinstance(text, str) or len(text) > _MOST:
        return text  # the checks of type and length say so
    bare = html.unescape(html.unescape(unicodedata.normalize("NFKC", text)))
    bare = "".join(" " if char.isspace() else char for char in bare if char.isspace() or unicodedata.category(char)[0] != "C")
    bare = _LINK.sub(r"\1", _TAG.sub(" ", bare))
    return " ".join(_MARKS.sub(" ", _ADDRESS.sub(" ", bare)).split())


def _harmless(text: str) -> str:
    """Raises ValueError for words that ask somebody to do something."""
    if found := _ORDERS.search(text):
        raise ValueError(f"reads like an instruction ({found.group()}): state the fact alone")
    return text


def _named(text: str) -> str:
    """Raises ValueError for more than a name: a sentence of the reporter would stand in replies as ours."""
    if len(text.split()) > 10 or _SENTENCE.search(text) or _CALL.search(text):
        raise ValueError("is more than a name: at most ten words, no sentence and no number to call")
    return _harmless(text)


Name = Annotated[str, BeforeValidator(strip), Field(min_length=1, max_length=80), AfterValidator(_named)]
"""A title, a substance, a version: quoted to customers as it is."""

Note = Annotated[str, BeforeValidator(strip), Field(max_length=300), AfterValidator(_harmless)]
"""A remark in the reporter's language; only operators read it."""

Code = Annotated[str, Field(pattern=r"^[A-Z0-9](?:[A-Z0-9-]{0,38}[A-Z0-9])$")]
"""A SKU or a batch."""
