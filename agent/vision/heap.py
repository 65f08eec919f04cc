"""Memory that was freed goes back to the system: glibc keeps what large passing arrays took, and a service would carry it for ever."""

import ctypes
from functools import lru_cache
from typing import Any


def give_back() -> None:
    """CPU work of some milliseconds: call it in a thread. Where the C library is another one, nothing happens."""
    trim = _trim()
    if trim:
        trim(0)


@lru_cache(maxsize=1)
def _trim() -> Any:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):  # macOS and musl know no such function, Windows no library without a name
        return None
