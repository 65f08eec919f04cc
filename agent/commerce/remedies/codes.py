"""Numbers and codes nobody can guess and nobody can misread."""

import secrets

#: Without 0 O 1 I L, which look alike in print and on the telephone.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def fresh(prefix: str, length: int) -> str:
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(length))


def unguessable() -> str:
    """Id of a document: whoever has it may read the document."""
    return secrets.token_urlsafe(18)


def digits(length: int) -> str:
    return "".join(secrets.choice("0123456789") for _ in range(length))
