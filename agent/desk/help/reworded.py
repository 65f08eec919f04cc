"""A composed draft made shorter or friendlier without a model: its own sentences, fewer or more. Pure."""

from dataclasses import dataclass, replace

from agent.desk.help.told import CannotHelp
from agent.domain.reply import Claim, Reply
from agent.phrasing import Phrases
from knowledge.sentences import sentences

#: What can be left out and nothing is lost but manners; where it stands on the way can be read behind the tracking link.
COURTESIES = frozenset({"draft-thanks", "draft-sorry", "order-scan", "order-scan-nowhere"})
#: Courtesies in the order in which they open a letter.
OPENINGS = ("draft-thanks", "draft-sorry")


@dataclass(frozen=True, slots=True)
class Shortened:
    """`left_out` are the sentences that went, for the operator to see."""

    reply: Reply
    left_out: tuple[str, ...]


def shorter(draft: Reply) -> Shortened:
    """Without courtesies and the tails of quotations. Raises CannotHelp when there is nothing to leave out."""
    kept: list[Claim] = []
    gone: list[str] = []
    for claim in draft.claims:
        if claim.pattern in COURTESIES:
            gone.append(claim.text)
            continue
        head, tail = _headed(claim, draft.language)
        kept.append(replace(claim, text=head))
        gone += tail
    if not gone or not kept:
        raise CannotHelp("The draft is as short as its facts allow. What you leave out now, the customer does not learn.")
    return Shortened(replace(draft, claims=tuple(kept)), tuple(gone))


def _headed(claim: Claim, language: str) -> tuple[str, list[str]]:
    """A quotation's first sentence, with the next one when the first only announces it."""
    if claim.pattern or claim.free:
        return claim.text, []
    said = sentences(claim.text, language)
    keep = 2 if said and said[0].endswith((":", "：")) else 1
    space = "" if language in {"zh", "ja"} else " "
    return space.join(said[:keep]), list(said[keep:])


def friendlier(draft: Reply, phrases: Phrases) -> Reply:
    """With thanks and regret in front. Raises CannotHelp when both are there."""
    missing = [key for key in OPENINGS if all(claim.pattern != key for claim in draft.claims)]
    if not missing or not draft.composed:
        raise CannotHelp("The draft thanks and regrets already. Other words need a language model: set PORTSIDE_MODEL_SMALL.")
    at = next((place + 1 for place, claim in enumerate(draft.claims) if claim.pattern == "draft-hello"), 0)
    others = [place + 1 for place, claim in enumerate(draft.claims) if claim.pattern in OPENINGS]
    group = draft.claims[others[0] - 1].group if others else (draft.claims[at].group if at < len(draft.claims) else 0)
    made = [Claim(text=phrases.render(key, draft.language), pattern=key, group=group) for key in missing]
    place = max([at, *others])
    return replace(draft, claims=(*draft.claims[:place], *made, *draft.claims[place:]))
