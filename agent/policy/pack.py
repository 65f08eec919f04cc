"""Policy packs: the demo merchant's by country, those by name, and a merchant's own folder."""

from pathlib import Path

from agent.policy.schema import Pack

__all__ = ["Pack", "load", "named", "packs"]


def packs(country: str) -> Pack:
    """The demo merchant's pack for customers of a country: its overlay, or the base where there is none."""
    raise NotImplementedError


def named(name: str) -> Pack:
    """A pack that ships with Portside: "lumen-and-loom", "lumen-and-loom-eu", "tau-retail" ... Raises BadPack for another name."""
    raise NotImplementedError


def load(path: Path) -> dict[str, Pack]:
    """The packs of a merchant's folder by name. Raises BadPack naming file, line and cure."""
    raise NotImplementedError
