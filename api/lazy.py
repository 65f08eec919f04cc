"""Commands whose modules are imported when they run: the help tells their names without paying for databases and models."""

import ast
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group


def lazily(places: Mapping[str, str], *, help: str) -> typer.Typer:  # noqa: A002 - typer's word
    """A group of commands by name; a place is `module:attribute`, where a function or a typer.Typer lies."""

    class Lazily(TyperGroup):
        def __init__(self, **settings: Any) -> None:
            super().__init__(**settings)
            self.commands = {name: Later(name, place) for name, place in places.items()}

    # The callback does nothing: a Typer without one or a command of its own cannot be run.
    return typer.Typer(
        cls=Lazily, callback=lambda: None, help=help, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
    )


class Later(TyperCommand):
    """Stands for a command in the list; the command itself takes over as soon as it is to run."""

    def __init__(self, name: str, place: str) -> None:
        super().__init__(name, help=summary(place))
        self._place = place

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        return opened(str(self.name), self._place).make_context(info_name, args, parent, **extra)


def opened(name: str, place: str) -> Any:
    """The click command behind a place."""
    module, _, attribute = place.partition(":")
    found = getattr(import_module(module), attribute)
    if isinstance(found, typer.Typer):
        return get_group(found)
    alone = typer.Typer(add_completion=False)
    alone.command(name)(found)
    return get_command(alone)


def summary(place: str) -> str:
    """The docstring of a function, or the `help` of a group, read from the source: importing it is what takes seconds."""
    module, _, attribute = place.partition(":")
    return next((said for node in ast.parse(_source(module)).body if (said := _said(node, attribute))), "")


def _source(module: str) -> str:
    """Empty when there is none to be read: another package's broken command must not take ours away; it tells its error when it is run."""
    try:
        spec = find_spec(module)
        return Path(spec.origin).read_text("utf-8") if spec and spec.has_location and spec.origin else ""
    except (ImportError, OSError, ValueError):
        return ""


def _said(node: ast.stmt, name: str) -> str | None:
    match node:
        case ast.FunctionDef(name=found) if found == name:
            return ast.get_docstring(node)
        case ast.Assign(targets=[ast.Name(id=found)], value=ast.Call(keywords=given)) if found == name:
            return next((ast.literal_eval(word.value) for word in given if word.arg == "help"), None)
        case _:
            return None
