"""What a model's sentence rests on, taken apart into sentences whose words and figures can be compared. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from agent.policy.checks.clauses import clauses
from agent.policy.checks.figures import Figure, figures, values
from agent.policy.checks.lexicon import Lexicon, lexicon
from agent.policy.checks.plain import condensed, is_dense, plain
from knowledge.search import Passage
from knowledge.sentences import sentences

Pole = tuple[str, bool]
_WORD = re.compile(r"[^\W\d_]+")
_DENSE_RUN = re.compile(r"[^\W\d_a-zA-Z]+")
#: Letters of a word that its endings do not change; shorter words say little.
_STEM, _SHORT = 5, 3
#: Words that a clause needs to be found again.
_FEW = 2
#: What permission is refused with denies, as "not" does.
_DENIES = ("allow", False)
#: A source sentence counts when it shares at least so much of what the best one shares.
_NEAR = 0.6


@dataclass(frozen=True, eq=False)
class Sentence:
    text: str
    language: str

    @cached_property
    def words(self) -> Lexicon:
        return lexicon(self.language)

    @cached_property
    def figures(self) -> frozenset[Figure]:
        return values(self.text, self.language)

    @cached_property
    def tokens(self) -> frozenset[str]:
        return tokens(self.text, self.language) | {str(figure) for figure in self.figures}

    @cached_property
    def _bare(self) -> tuple[frozenset[Pole], str]:
        """What it says on matters that have two sides, and the rest of its words."""
        found: set[Pole] = set()

        def noted(match: re.Match[str]) -> str:
            found.update(self.words.sides(match.group()))
            return " "

        left = self.words.sided.sub(noted, self.words.ignored.sub(" ", plain(self.text)))
        return frozenset(found), left

    @cached_property
    def poles(self) -> frozenset[Pole]:
        found = frozenset(pole for pole in self._bare[0] if pole[0] != "allow")
        # "After 30 days" is the opposite of "within 30 days" as well as of "before".
        return found | {("limit", side) for matter, side in found if matter == "time"}

    @cached_property
    def denies(self) -> bool:
        return _DENIES in self._bare[0] or self.words.negation.search(self._bare[1]) is not None

    @cached_property
    def denials(self) -> int:
        """How many of its clauses say no: one does so once, with however many words."""
        parts = [sentence(part, self.language) for part in self._parts]
        return max(sum(part.denies for part in parts), int(self.denies))

    @cached_property
    def awaits(self) -> bool:
        """ "The payment is pending" is another way to say that it has not come."""
        return self.words.pending.search(plain(self.text)) is not None

    @cached_property
    def ends(self) -> bool:
        """Until something happens."""
        return self.words.until.search(plain(self.text)) is not None

    @cached_property
    def lasts(self) -> bool:
        """As long as something has not happened: another way to say until."""
        return self.denies and self.words.whiles.search(plain(self.text)) is not None

    @cached_property
    def _parts(self) -> list[str]:
        read = plain(self.text)
        return [read[start:end] for start, end in clauses(self.text, self.language)]

    @cached_property
    def clauses(self) -> tuple["Sentence", ...]:
        """What is too short to be found again belongs to what stands before it."""
        parts: list[str] = []
        for part in self._parts:
            if parts and len(tokens(part, self.language)) < _FEW:
                parts[-1] += part
            else:
                parts.append(part)
        return tuple(sentence(part, self.language) for part in parts)

    @cached_property
    def topics(self) -> frozenset[str]:
        text = plain(self.text)
        return frozenset(name for name, pattern in self.words.topics.items() if pattern.search(text))


@lru_cache(maxsize=4096)
def sentence(text: str, language: str) -> Sentence:
    return Sentence(text, language)


@lru_cache(maxsize=4096)
def tokens(text: str, language: str) -> frozenset[str]:
    """Stems of words; pairs of characters where words are not parted."""
    folded = plain(text).casefold()
    words = frozenset(word[:_STEM] for word in _WORD.findall(folded) if len(word) > _SHORT)
    if not is_dense(language):
        return words
    return frozenset(run[at : at + 2] for run in _DENSE_RUN.findall(folded) for at in range(len(run) - 1))


@lru_cache(maxsize=2048)
def taken_apart(text: str, language: str) -> tuple[Sentence, ...]:
    return tuple(sentence(part, language) for part in sentences(text, language)) or (sentence(text, language),)


def language_of(text: str, passages: Iterable[Passage], fallback: str) -> str:
    """A passage keeps its own: an English article may be all there is for a German reply."""
    said = condensed(text)
    return next((passage.language for passage in passages if said in condensed(passage.text)), fallback)


def shared(said: Sentence, others: Sequence[Sentence]) -> list[int]:
    """Which of the others it says again, by the words and figures they have in common: the nearest, and those almost as near."""
    counts = [len(said.tokens & other.tokens) for other in others]
    best = max(counts, default=0)
    return [at for at, count in enumerate(counts) if best and count >= max(best * _NEAR, 1)]


def nearest(said: Sentence, sources: Sequence[Sentence]) -> list[Sentence]:
    """All of them when nothing is in common."""
    return [sources[at] for at in shared(said, sources)] or list(sources)


def all_figures(texts: Iterable[str], language: str) -> frozenset[Figure]:
    return frozenset(found.figure for text in texts for found in figures(text, language))
