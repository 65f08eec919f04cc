"""Order numbers and e-mails as the shop looks them up."""

import unicodedata

_LONGEST_EMAIL = 254


def order_number(text: str) -> str:
    """Its ASCII digits alone: "#1042", "１０４２" and "١٠٤٢" are one order. "" when it is no order number."""
    bare = text.strip().removeprefix("#").removeprefix("＃").strip()
    if not bare.isdecimal() or len(bare) > 12:
        return ""
    return "".join(str(unicodedata.decimal(char)) for char in bare)


def email_key(text: str) -> str:
    """Case-folded. "" for what the database could not even be asked (NUL, lone surrogates, too long)."""
    folded = text.strip().casefold()
    return folded if len(folded) <= _LONGEST_EMAIL and folded.isprintable() else ""
