"""A prompt file becomes messages: checks its front matter, renders its template, fences what others wrote."""

import hashlib
import re
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal, cast

import frontmatter
import yaml
from jinja2 import StrictUndefined, Template, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from prompts.fence import fence

__all__ = ["Prompt", "PromptError", "fence", "load", "read", "reading_from"]

ModelClass = Literal["small", "large", "vision"]
Role = Literal["system", "user"]
MODEL_CLASSES: frozenset[str] = frozenset({"small", "large", "vision"})
#: Parts a file in two: above are our instructions, below is what the user's message holds.
USER_LINE = re.compile(r"^<!-- user -->$", re.MULTILINE)
KEYS = frozenset({"version", "variables", "model_class", "output"})
#: "fixed": ours and the same in every turn; "ours": ours, but it varies; "untrusted": others wrote it.
_TRUST = frozenset({"fixed", "ours", "untrusted"})
_FIELD = re.compile(r"[a-z][a-z_]*")
# Plain text for a model: HTML escaping would only blur it. What others wrote is fenced instead.
_JINJA = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)


class PromptError(Exception):
    """A prompt file is wrong, or was given the wrong variables. The message names the file and the cure."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """`hash`: 12 hex digits of the whole file. `variables`: name -> "fixed" | "ours" | "untrusted"; the untrusted ones are fenced.

    `output`: top-level field of the answer -> what it means. Only fixed variables stand in the system's message, so that its text is the same
    from turn to turn and a provider can cache it.
    """

    name: str
    version: int
    hash: str
    model_class: ModelClass
    output: dict[str, str]
    variables: dict[str, str]
    _system: Template = field(repr=False)
    _user: Template = field(repr=False)

    @property
    def label(self) -> str:
        return f"{self.name} v{self.version} {self.hash}"

    @property
    def fields(self) -> frozenset[str]:
        """What the answer must hold at its top level: the fields of its schema."""
        return frozenset(self.output)

    def render(self, **variables: Any) -> list[tuple[Role, str]]:
        """The system's and the user's message.

        Raises:
            PromptError: a variable is missing, undeclared, or its template fails.
        """
        self._check(set(variables))
        tags = {name for name, trust in self.variables.items() if trust == "untrusted"}
        shown = {name: fence(str(value), name, tags) if name in tags else value for name, value in variables.items()}
        try:
            return [("system", self._system.render(shown).strip()), ("user", self._user.render(shown).strip())]
        except (TemplateError, TypeError) as error:
            raise PromptError(f"prompts/{self.name}.md can not be rendered: {error}. Mend its template or what it is given.") from error

    def _check(self, given: set[str]) -> None:
        declared = set(self.variables)
        if missing := sorted(declared - given):
            raise PromptError(f"prompts/{self.name}.md needs {', '.join(missing)}. Pass it to render().")
        if unknown := sorted(given - declared):
            raise PromptError(f"prompts/{self.name}.md does not declare {', '.join(unknown)}. Add it to its variables, or do not pass it.")


@dataclass(frozen=True, slots=True)
class Reading:
    """Prompts come from `folder`; `asked` collects the names of those that were loaded."""

    folder: Traversable
    asked: set[str] = field(default_factory=set[str])


_reading: ContextVar[Reading | None] = ContextVar("prompts_reading", default=None)


@contextmanager
def reading_from(folder: Traversable) -> Generator[Reading]:
    """Within, and in tasks started within, prompts come from `folder`: to play cases with another version of them."""
    reading = Reading(folder)
    token = _reading.set(reading)
    try:
        yield reading
    finally:
        _reading.reset(token)


def load(name: str) -> Prompt:
    """The prompt of a language step. Raises PromptError when there is none, or it is wrong."""
    reading = _reading.get()
    if reading is None:
        return _loaded(files("prompts"), name)
    reading.asked.add(name)
    return _loaded(reading.folder, name)


@cache
def _loaded(folder: Traversable, name: str) -> Prompt:
    return read(folder.joinpath(f"{name}.md"), name)


def read(source: Traversable, name: str) -> Prompt:
    """The prompt in a file. Raises PromptError naming it."""
    if not source.is_file():
        raise PromptError(f"prompts/{name}.md does not exist. Write it, or mend the name.")
    text = source.read_text(encoding="utf-8")
    try:
        post = frontmatter.loads(text)
    except yaml.YAMLError as error:
        raise PromptError(f"prompts/{name}.md has front matter that is not YAML: {error}") from error
    head = cast(dict[str, Any], post.metadata)
    _check_head(name, head)
    parts = USER_LINE.split(post.content)
    if len(parts) != 2:
        raise PromptError(f"prompts/{name}.md needs one line '<!-- user -->' between the instructions and the user's message.")
    variables = cast(dict[str, str], head["variables"])
    user = _template(name, parts[1], set(variables))
    system = _template(name, parts[0], {key for key, trust in variables.items() if trust == "fixed"}, set(variables))
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Prompt(name, head["version"], digest, head["model_class"], head["output"], variables, system, user)


def _check_head(name: str, head: dict[str, Any]) -> None:
    if head.keys() != KEYS:
        raise PromptError(f"prompts/{name}.md must have exactly {', '.join(sorted(KEYS))} in its front matter.")
    if head["model_class"] not in MODEL_CLASSES:
        raise PromptError(f"prompts/{name}.md: model_class must be small, large or vision.")
    if not isinstance(head["version"], int):
        raise PromptError(f"prompts/{name}.md: version must be a whole number.")
    if set(_mapping(head["variables"]).values()) - _TRUST:
        raise PromptError(f"prompts/{name}.md: variables must map each name to fixed, ours or untrusted.")
    output = _mapping(head["output"])
    if not output or not all(_FIELD.fullmatch(key) and meaning.strip() for key, meaning in output.items()):
        raise PromptError(f"prompts/{name}.md: output must map each top-level field of the answer to one line that says what it means.")


def _mapping(found: Any) -> dict[str, str]:
    """{"": ""}, which no check passes, for what is not a mapping of texts to texts."""
    whole = cast(dict[Any, Any], found) if isinstance(found, dict) else {"": ""}
    return cast(dict[str, str], whole) if all(isinstance(part, str) for pair in whole.items() for part in pair) else {"": ""}


def _template(name: str, text: str, allowed: set[str], declared: set[str] | None = None) -> Template:
    """`declared`: what stands in the front matter, when less than that is `allowed` here."""
    try:
        used = meta.find_undeclared_variables(_JINJA.parse(text))
        template = _JINJA.from_string(text)
    except TemplateError as error:
        raise PromptError(f"prompts/{name}.md has a faulty template: {error}") from error
    if undeclared := sorted(used - (declared or allowed)):
        raise PromptError(f"prompts/{name}.md uses {', '.join(undeclared)} without declaring it. Add it to its variables.")
    if varying := sorted(used - allowed):
        raise PromptError(
            f"prompts/{name}.md uses {', '.join(varying)} in the instructions. What varies goes below the line '<!-- user -->'; "
            "if it is ours and the same in every turn, declare it fixed."
        )
    return template
