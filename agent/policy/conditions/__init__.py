"""The closed language of a policy pack's rules: each condition a named pure function of the request, the pack and an argument."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter

from agent.policy.conditions import goods, money, order, person, trouble
from agent.policy.request import Request
from agent.policy.schema import Pack

Test = Callable[[Request, Pack, Any], bool]


@dataclass(frozen=True, slots=True)
class Condition:
    """`argument` reads and checks what stands in the pack; `test` says whether it holds."""

    argument: TypeAdapter[Any]
    test: Test
    says: str


def _condition(kind: Any, test: Test) -> Condition:
    return Condition(TypeAdapter(kind), test, (test.__doc__ or "").strip())


CONDITIONS: Mapping[str, Condition] = MappingProxyType(
    {name: _condition(kind, test) for part in (order, goods, money, person, trouble) for name, (kind, test) in part.CONDITIONS.items()}
)


def broken(conditions: Mapping[str, Any], request: Request, pack: Pack) -> str | None:
    """The name of the first condition that does not hold; None when all do."""
    return next((name for name, argument in conditions.items() if not CONDITIONS[name].test(request, pack, argument)), None)


def hold(conditions: Mapping[str, Any], request: Request, pack: Pack) -> bool:
    return broken(conditions, request, pack) is None
