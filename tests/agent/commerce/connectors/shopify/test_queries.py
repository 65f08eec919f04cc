"""Every document is one named operation with its brackets closed, and none costs more than one request may, however full its pages are."""

import re
from collections.abc import Iterator

import pytest

from agent.commerce.connectors.shopify import mutations, queries

DOCUMENTS = {
    f"{module.__name__.rpartition('.')[2]}.{name}": text
    for module in (queries, mutations)
    for name, text in vars(module).items()
    if isinstance(text, str) and text.lstrip().startswith(("query", "mutation"))
}
#: The largest page that the connector asks for, where a variable says it.
FIRST = {"Orders": 2, "Stock": 15, "Products": 50, "Variants": 40}
_TOKEN = re.compile(r"\.\.\.\s*on \w+|\.\.\.\w+|@\w+|\w+(?=\s*[({@}\w.])|\w+|\([^()]*\)|[{}]")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_is_one_named_operation(name: str) -> None:
    text = DOCUMENTS[name]
    assert len(re.findall(r"^(?:query|mutation) \w+", text, re.M)) == 1
    assert text.count("{") == text.count("}") and text.count("(") == text.count(")")
    asked, told = set(re.findall(r"\$(\w+):", text)), set(re.findall(r"\$(\w+)(?!\w*:)", text))
    assert asked == told  # every variable is declared, and used


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_costs_less_than_a_request_may(name: str) -> None:
    text = DOCUMENTS[name]
    operation, _, fragment = text.partition("\nfragment OrderFields on Order ")
    own = re.search(r"(?:query|mutation) (\w+)", operation)
    order = _cost(iter(_TOKEN.findall(fragment)), 1, 0) if fragment else 0
    body = operation[operation.index("{") :]
    assert own and 0 < _cost(iter(_TOKEN.findall(body)), FIRST.get(own[1], 2), order) < 1000


def _cost(tokens: Iterator[str], first: int, order: int, depth: int = 0) -> int:
    """Every object one point, every list or page as full as it may be: dearer than Shopify counts. `order` is the fragment's."""
    total, size, name = 0, 1, ""
    for token in tokens:
        if token == "{":
            inner = _cost(tokens, first, order, depth + 1)
            plain = name in ("", "nodes", "pageInfo") or name.startswith("...")
            total += inner if plain else size * (1 + inner)
        elif token == "}":
            return total
        elif token.startswith("("):
            found = re.search(r"first: (\$?\w+)", token)
            size = (first if found[1].startswith("$") else int(found[1])) if found else 1
        elif token == "...OrderFields":
            total += order
        elif not token.startswith("@"):
            name, size = token, 1
    return total
