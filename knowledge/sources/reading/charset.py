"""Which encoding a web page is in, by its own word."""

from __future__ import annotations

import codecs
import re

# Only encodings that web pages really have: some of Python's others are slow, or run on anything.
_CHARSETS = re.compile(
    r"utf-8|utf-16(-?[lb]e)?|iso8859-\d+|cp125\d|cp1251|gb18030|gbk|gb2312|big5|shift_jis|euc_jp|iso2022_jp|euc_kr|koi8-[ru]|ascii"
)


def charset(data: bytes) -> str:
    """The name of a codec; "" when the page names one that no browser knows."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    named = re.search(rb"<(?:meta\b|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", data[:4096], re.IGNORECASE)
    if not named or data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    try:
        name = codecs.lookup(named[1].decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return ""
    # Browsers read Latin-1 as its superset by Microsoft; a page whose meta tag was legible is not UTF-16.
    name = {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-16": "utf-8"}.get(name, name)
    return name if _CHARSETS.fullmatch(name) else ""
