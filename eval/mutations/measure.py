"""How many mistakes the last check catches, by where they are made, by kind and by language; and how often it cries without cause. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from agent.domain.reply import Claim, Reply
from agent.nodes.verify import look
from agent.phrasing import Phrases
from agent.policy.checks.composed import COUNTED
from agent.policy.checks.free import Free, free
from agent.policy.checks.quoted import is_quoted
from agent.state import TurnState
from agent.writing.slots import SLOT
from eval.mutations.mutate import mutants, slips
from eval.mutations.paraphrases import Paraphrase
from eval.mutations.replies import Written
from knowledge.search import Passage
from knowledge.sentences import sentences

#: (where, kind of mistake, language)
Key = tuple[str, str, str]
#: Sources of mistakes. own: the text of a sentence of ours; values: its values, and the text rendered from them; quoted: a quotation; echo: such a
#: sentence as if a model had written it word for word; paraphrase: a model's sentence.
OWN, VALUES, QUOTED, ECHO, PARAPHRASE = "own", "values", "quoted", "echo", "paraphrase"
MISSES = 400


@dataclass
class Tally:
    made: Counter[Key] = field(default_factory=Counter[Key])
    caught: Counter[Key] = field(default_factory=Counter[Key])
    right: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])  # (where, language): right texts that were looked at
    alarms: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    #: (language, whether it was caught): clauses slipped into a model's right sentence, counted apart from mistakes
    slips: Counter[tuple[str, bool]] = field(default_factory=Counter[tuple[str, bool]])
    missed: list[tuple[Key, str]] = field(default_factory=list[tuple[Key, str]])
    false: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])

    def mistake(self, key: Key, text: str, faults: Sequence[str]) -> None:
        self.made[key] += 1
        if faults:
            self.caught[key] += 1
        elif len(self.missed) < MISSES:
            self.missed.append((key, text))

    def rightly(self, where: str, language: str, text: str, faults: Sequence[str]) -> None:
        self.right[where, language] += 1
        if faults:
            self.alarms[where, language] += 1
            self.false.append((where, faults[0], text))

    def share(self, keep: Callable[[Key], bool] = lambda key: True) -> tuple[int, int]:
        """(caught, made)"""
        return sum(n for key, n in self.caught.items() if keep(key)), sum(n for key, n in self.made.items() if keep(key))


def paraphrased(tally: Tally, rows: Iterable[Paraphrase]) -> None:
    for row in rows:
        beside = Free(language=row.language, passages=row.passages, plan=())
        alarms = free(row.claim, beside)
        tally.rightly(row.group, row.language, row.claim.text, alarms)
        if not alarms:
            _all(tally, PARAPHRASE, row.claim, row.language, lambda claim, beside=beside: free(claim, beside))
            for wrong in slips(row.claim.text, row.language):
                tally.slips[row.language, bool(free(replace(row.claim, text=wrong), beside))] += 1


def _all(tally: Tally, where: str, claim: Claim, language: str, judge: Callable[[Claim], Sequence[str]]) -> None:
    for kind, wrong in mutants(claim.text, language):
        tally.mistake((where, kind, language), wrong, judge(replace(claim, text=wrong)))


def played(tally: Tally, rows: Sequence[Written]) -> None:
    """Every distinct sentence of the replies once."""
    seen: set[tuple[str, str]] = set()
    others = _by_pattern(rows)
    for row in rows:
        reply = row.state["reply"]
        tally.rightly(OWN, reply.language, reply.text, look(row.state, row.parts))
        for at, claim in enumerate(reply.claims):
            if (reply.language, claim.text) not in seen and not SLOT.search(claim.text):
                seen.add((reply.language, claim.text))
                _sentence(tally, row, at, others)


def _sentence(tally: Tally, row: Written, at: int, others: dict[tuple[str, str], list[Claim]]) -> None:
    reply = row.state["reply"]
    claim, language = reply.claims[at], reply.language

    def judge(wrong: Claim) -> list[str]:
        return look(_with(row.state, at, wrong), row.parts)

    _all(tally, OWN if claim.pattern else QUOTED, claim, language, judge)
    if claim.pattern:
        for kind, wrong in _wrong_values(claim, reply, row.parts.phrases, others.get((language, claim.pattern), [])):
            tally.mistake((VALUES, kind, language), wrong.text, judge(wrong))
    else:
        for wrong in _halves(claim.text, language):
            tally.mistake((QUOTED, "half a quotation", language), wrong, judge(replace(claim, text=wrong)))
    _echo(tally, claim, language, tuple(row.state["found"].passages))


def _echo(tally: Tally, claim: Claim, language: str, passages: tuple[Passage, ...]) -> None:
    beside = Free(language=language, passages=passages, plan=())
    said = Claim(text=claim.text, free=True, rests_on=(claim.text,))
    tally.rightly(ECHO, language, claim.text, free(said, beside))
    _all(tally, ECHO, said, language, lambda wrong: free(wrong, beside))


def _with(state: TurnState, at: int, claim: Claim) -> TurnState:
    reply: Reply = state["reply"]
    return {**state, "reply": replace(reply, claims=(*reply.claims[:at], claim, *reply.claims[at + 1 :]))}


def _by_pattern(rows: Iterable[Written]) -> dict[tuple[str, str], list[Claim]]:
    found: dict[tuple[str, str], list[Claim]] = {}
    for row in rows:
        for claim in row.state["reply"].claims:
            if claim.values and "order" in claim.names:
                found.setdefault((row.state["reply"].language, claim.pattern), []).append(claim)
    return found


def _wrong_values(claim: Claim, reply: Reply, phrases: Phrases, others: list[Claim]) -> Iterator[tuple[str, Claim]]:
    """Another's order; a digit in a value; a value of a sentence beside it. The text is what the pattern makes of them."""
    stranger = next((other for other in others if dict(_pairs(other)).get("order") != dict(_pairs(claim)).get("order")), None)
    if stranger:
        yield "another's order", _told(claim, stranger.values, reply.language, phrases)
    for at, value in enumerate(claim.values):
        for kind, wrong in mutants(value, reply.language):
            if kind in {"amount", "currency", "date", "month", "id", "number", "time", "link"}:
                yield kind, _told(claim, (*claim.values[:at], wrong, *claim.values[at + 1 :]), reply.language, phrases)
        for theirs in _same_name(claim.names[at], value, claim, reply):
            yield "swap", _told(claim, (*claim.values[:at], theirs, *claim.values[at + 1 :]), reply.language, phrases)


def _pairs(claim: Claim) -> Iterator[tuple[str, str]]:
    return zip(claim.names, claim.values, strict=True)


def _same_name(name: str, value: str, claim: Claim, reply: Reply) -> list[str]:
    alike = {"date", "promised"} if name in {"date", "promised"} else {name}
    said = {theirs for other in reply.claims if other is not claim for its, theirs in _pairs(other) if its in alike}
    return sorted(theirs for theirs in said if theirs != value and not SLOT.search(theirs))


def _told(claim: Claim, values: tuple[str, ...], language: str, phrases: Phrases) -> Claim:
    given = {n: int(v) if n in COUNTED and v.isdecimal() else v for n, v in zip(claim.names, values, strict=True)}
    return replace(claim, text=phrases.render(claim.pattern, language, given), values=values)


def _halves(text: str, language: str) -> Iterator[str]:
    """The first half of its first sentence; without its last words; without a sentence in its middle."""
    parts = sentences(text, language)
    source = (Passage("", "", language, "", "", text, 0.0),)
    wrong = [parts[0][: len(parts[0]) // 2], text[: -max(4, len(parts[-1]) // 3)]]
    if len(parts) > 2:
        wrong.append(" ".join((parts[0], *parts[2:])))
    yield from (half for half in wrong if half.strip() and not is_quoted(half, source))
