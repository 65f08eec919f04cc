"""Collects the sentences of one reply with the evidence under each."""

from agent.domain.reply import Claim, Evidence, Reply
from agent.phrasing import Phrases
from agent.writing.slots import SLOT
from knowledge.search import Passage
from knowledge.sentences import sentences

#: A quotation stays short: whole sentences up to this many characters (fewer in dense scripts).
QUOTE = 420
QUOTE_DENSE = 170
_BRACKETS = str.maketrans({"⟦": "(", "⟧": ")"})


class Writer:
    def __init__(self, phrases: Phrases, language: str) -> None:
        self.phrases = phrases
        self.language = language
        self._claims: list[Claim] = []
        self._evidence: dict[tuple[str, str], Evidence] = {}
        self._group = 0

    def paragraph(self) -> None:
        self._group += 1

    def cite(self, kind: str, ref: str, label: str, at: str = "") -> str:
        """The id of this piece of evidence; the same source is cited once."""
        found = self._evidence.setdefault((kind, ref), Evidence(id=f"e{len(self._evidence) + 1}", kind=kind, ref=ref, label=label, at=at))
        return found.id

    def say(self, key: str, *evidence: str, **values: str | int) -> None:
        values = {name: value if _is_slot(value) else _plain(value) for name, value in values.items()}
        text = self._opening(self.phrases.render(key, self.language, values))
        filled = tuple(str(value) for value in values.values())
        self._claims.append(Claim(text=text, evidence=evidence, pattern=key, values=filled, names=tuple(values), group=self._group))

    def _opening(self, text: str) -> str:
        """A paragraph begins with a capital, unless it goes on after "Dear ...,"."""
        last = self._claims[-1] if self._claims else None
        goes_on = last is not None and (last.group == self._group or last.text.endswith((",", "،", "，")))
        return text if goes_on else text[:1].upper() + text[1:]

    def quote(self, passage: Passage, *, brief: bool = False) -> None:
        """The leading sentences of a passage and of the one beside it, word for word, in the order of their article; `brief`: the first alone."""
        shown = [passage] if passage.beside is None else [passage.beside, passage] if passage.heading else [passage, passage.beside]
        for item in shown[:1] if brief else shown:
            self._quote(item)

    def _quote(self, passage: Passage) -> None:
        evidence = self.cite("passage", passage.id, passage.title)
        if any(evidence in claim.evidence for claim in self._claims):
            return
        self.paragraph()
        self._claims.append(Claim(text=excerpt(passage), evidence=(evidence,), group=self._group))

    def reply(self, *, quick_replies: tuple[str, ...] = (), effects: tuple[str, ...] = ()) -> Reply:
        return Reply(
            language=self.language,
            claims=tuple(self._claims),
            evidence=tuple(self._evidence.values()),
            quick_replies=tuple(self.phrases.render(key, self.language) for key in quick_replies),
            effects=effects,
        )


def _is_slot(value: str | int) -> bool:
    return isinstance(value, str) and SLOT.fullmatch(value) is not None


def _plain(value: str | int) -> str | int:
    """What a customer typed must not become a slot."""
    return value.translate(_BRACKETS) if isinstance(value, str) else value


def excerpt(passage: Passage) -> str:
    limit = QUOTE_DENSE if passage.language in {"zh", "ja"} else QUOTE
    space = "" if passage.language in {"zh", "ja"} else " "
    taken = ""
    for sentence in sentences(passage.text, passage.language):
        if taken and len(taken) + len(sentence) > limit:
            break
        taken = f"{taken}{chr(10) if sentence.startswith('•') else space}{sentence}" if taken else sentence
    return taken.strip()
