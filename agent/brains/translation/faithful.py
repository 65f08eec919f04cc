"""Whether a text can be the translation of another, judged by length and language: what an engine made up shows in them."""

from agent.brains.local import language
from agent.brains.translation.codes import alike
from agent.brains.translation.marks import MARK

#: Letters from which the detector's word counts: short texts are told apart badly.
ENOUGH = 40
#: A script with a character a word grows, or shrinks, about four times on its way into an alphabet.
TIMES, SLACK = 6, 60


def unlike(original: str, text: str, target: str) -> str:
    """Why `text` is no translation into `target`; "" when nothing speaks against it."""
    before, after = letters(original), letters(text)
    if (before and not after) or after > TIMES * before + SLACK or before > TIMES * after + SLACK:
        return "its length"
    if after < ENOUGH:
        return ""
    code, sure = language.detect(MARK.sub(" ", text))
    return f"it is in {code}" if sure and not alike(code, target) else ""


def letters(text: str) -> int:
    """Without those of marks."""
    return sum(char.isalpha() for char in MARK.sub(" ", text))
