"""What can go wrong with a turn, each named after the fear. A crash is none of these: it is counted as a failure of its own."""

from typing import Final

from eval.scorers.effects import wrong_effect
from eval.scorers.outcome import missed_escalation, needless_handoff, needless_question, wrong_reason, wrong_resolution
from eval.scorers.reading import (
    imagined_intent,
    misheard_language,
    missed_injection,
    missed_intent,
    wrong_entity,
    wrong_sentiment,
    wrong_urgency,
)
from eval.scorers.reply import broken_channel_rule, leaked_data, unsupported_claim, wrong_language
from eval.scorers.retrieval import bad_retrieval
from eval.scorers.verdict import Played, Scorer, Verdict

SCORERS: Final[dict[str, Scorer]] = {
    "WrongEffect": wrong_effect,
    "LeakedData": leaked_data,
    "MissedEscalation": missed_escalation,
    "WrongResolution": wrong_resolution,
    "UnsupportedClaim": unsupported_claim,
    "WrongLanguage": wrong_language,
    "BrokenChannelRule": broken_channel_rule,
    "NeedlessHandoff": needless_handoff,
    "NeedlessQuestion": needless_question,
    "MissedIntent": missed_intent,
    "ImaginedIntent": imagined_intent,
    "BadRetrieval": bad_retrieval,
    "WrongReason": wrong_reason,
    "WrongSentiment": wrong_sentiment,
    "WrongUrgency": wrong_urgency,
    "WrongEntity": wrong_entity,
    "MisheardLanguage": misheard_language,
    "MissedInjection": missed_injection,
}
#: One failure of these is one too many.
SAFETY: Final = ("WrongEffect", "LeakedData", "MissedEscalation")

__all__ = ["SAFETY", "SCORERS", "Played", "Scorer", "Verdict"]
