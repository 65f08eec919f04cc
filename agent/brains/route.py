"""Which step of a turn is worth a model's call, and of which one. Pure; what it costs and saves is measured by the evaluation."""

from dataclasses import dataclass

from agent.domain.arguments import Asked
from agent.domain.brief import Brief, Summing
from agent.domain.decision import Outcome
from agent.domain.intents import COURTESY, WHEREABOUTS, Intent
from agent.domain.languages import is_supported
from agent.domain.triage import Flag, Sentiment, Triage, Urgency
from agent.policy import arguments

#: Handed over whatever else is read, and no model may take them away: reading such a message again changes nothing.
SETTLED = frozenset({Flag.SAFETY, Flag.PRESS, Flag.LEGAL, Flag.PRIVACY, Flag.HUMAN_REQUEST})
#: Found by words that are also said in jest or of somebody else: worth a second reading.
DOUBTFUL = frozenset({Flag.INJECTION, Flag.ABUSE, Flag.ANGER})
GRAVE = frozenset({Urgency.HIGH, Urgency.CRITICAL})
SMALL_TALK = COURTESY | {Intent.OUT_OF_SCOPE}
#: Letters beside order numbers and e-mails, below which a message carries no wish that could be read.
FEWEST_LETTERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """`always`: every step by a model, to compare with. `sure`: the local brain's score, of each wish, from which its reading stands.

    `small_sure`: the small model's, from which it is not read once more by the large one.
    """

    always: bool = False
    sure: float = 0.9
    small_sure: float = 0.6

    def reads(self, text: str, local: Triage) -> bool:
        """Whether the small model reads what the local brain has read."""
        if not text.strip():
            return False
        if self.always or not is_supported(local.language):
            return True
        if local.flags & SETTLED or _letters(text, local) < FEWEST_LETTERS:
            return False
        # Who is answered in a language that is not theirs is not answered, however sure the wish.
        doubtful = not local.language_sure or any(item.score < self.sure for item in local.intents)
        return doubtful or bool(local.flags & DOUBTFUL)

    def rereads(self, local: Triage, small: Triage) -> bool:
        """Whether the large model reads it too: the small one is unsure, or contradicts the local brain where that is half sure."""
        return small.main.score < self.small_sure or (local.main.score >= self.small_sure and _contradicts(local, small))

    def argues(self, asked: Asked) -> bool:
        if self.always:
            return bool(asked.orders or asked.pending)
        return arguments.wanted(asked)

    def writes(self, brief: Brief) -> bool:
        """Hard replies only: to unhappy customers, or of several effects. A draft that a model has begun is repaired by it.

        What an operator reads first is composed; they ask for other words when they want them.
        """
        if self.always or brief.tried is not None:
            return True
        return brief.outcome is not Outcome.HANDOFF and (brief.sentiment is Sentiment.NEGATIVE or len(brief.composed.effects) > 1)

    def summarises(self, summing: Summing) -> bool:
        """Talks that two lines of code do not do justice to."""
        return self.always or len(summing.history) > 2 or len(summing.message) > 600


def _letters(text: str, local: Triage) -> int:
    within = sum(char.isalpha() for entity in local.entities for char in text[entity.start : entity.end])
    return sum(char.isalpha() for char in text) - within


def _contradicts(local: Triage, small: Triage) -> bool:
    """They want different things served, or only one of them sees something grave."""
    wishes = {local.main.intent, small.main.intent}
    differ = not small.wants(local.main.intent) and not wishes <= WHEREABOUTS
    grave = (local.urgency in GRAVE) != (small.urgency in GRAVE)
    return differ or grave or (local.main.intent in SMALL_TALK) != (small.main.intent in SMALL_TALK)
