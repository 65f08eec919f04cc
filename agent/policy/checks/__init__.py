"""The last look at a text before it may leave: figures, promises, negations, quotations, foreign data, internal facts, channel rules. Pure.

Sentences of our own are rendered again (`composed`) and held against the data (`grounds`); quotations are whole sentences (`quoted`); what a
model wrote may say nothing that its sources do not (`free`); a translation holds its source's figures (`carried`).
"""

from agent.policy.checks.effects import PROMISES
from agent.policy.checks.figures import Figure, numbers
from agent.policy.checks.grounds import Grounds
from agent.policy.checks.verdict import faults

__all__ = ["PROMISES", "Figure", "Grounds", "faults", "numbers"]
