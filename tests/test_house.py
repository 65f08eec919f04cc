"""House rules that no linter knows: sizes, docstrings, names, where packages lie, who may import whom."""

import ast
import importlib
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("agent", "knowledge", "prompts", "eval", "api")
LINES, FUNCTION_LINES = 300, 50
#: Generated, and never edited by hand.
GENERATED = {"agent/store/migrations/versions"}
VAGUE = {"utils", "util", "helpers", "helper", "service", "services", "manager", "managers", "common", "misc"}


def sources(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path.relative_to(ROOT) for path in found if "__pycache__" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


OURS = sources(*PACKAGES)
ALL = [*OURS, *sources("tests")]


def generated(path: Path) -> bool:
    return any(str(path).startswith(folder) for folder in GENERATED)


def test_there_is_something_to_look_at() -> None:
    assert len(OURS) > 150
    assert len(ALL) > len(OURS)


def test_no_file_is_longer_than_a_reader_takes_in() -> None:
    long = {str(path): count for path in ALL if not generated(path) and (count := len((ROOT / path).read_text().splitlines())) > LINES}
    assert long == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{path}:{node.name}": size
        for path in ALL
        if not generated(path)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (size := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    }
    assert long == {}


def test_every_module_says_in_its_first_line_what_it_is() -> None:
    silent = [str(path) for path in ALL if not (ast.get_docstring(tree(path)) or "").strip().partition("\n")[0]]
    assert silent == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [str(path) for path in ALL if path.stem in VAGUE or VAGUE & set(path.parts[:-1])] == []


def test_tests_are_no_package() -> None:
    """With an `__init__.py`, `import agent` could load the tests of that name."""
    assert list((ROOT / "tests").rglob("__init__.py")) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_is_the_one_in_this_project(package: str) -> None:
    """`eval` and `api` are common names: another one on the path would be imported silently."""
    module = importlib.import_module(package)
    places = [Path(place).resolve() for place in module.__path__]
    assert places == [ROOT / package]


def imported(path: Path) -> set[str]:
    """The first names of all absolute imports."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_only_the_evaluation_imports_the_evaluation() -> None:
    assert [str(path) for path in OURS if path.parts[0] != "eval" and "eval" in imported(path)] == []


def test_the_name_eval_is_never_bound_to_the_package() -> None:
    """It would shadow the builtin: only `from eval.x import y`."""
    bound = [
        str(path)
        for path in ALL
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import) and any(alias.name.partition(".")[0] == "eval" and not alias.asname for alias in node.names)
    ]
    assert bound == []


def test_judgement_and_types_have_no_side_doors() -> None:
    """Pure code reads no clock, no environment, no network and no database."""
    effects = {"os", "time", "random", "socket", "asyncio", "httpx", "sqlalchemy", "psycopg", "structlog"}
    found = {
        str(path): both
        for path in OURS
        if path.parts[:2] in {("agent", "policy"), ("agent", "domain")}
        if (both := imported(path) & effects)
    }
    assert found == {}


def test_nothing_generated_or_secret_is_committed() -> None:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    endings = (".pyc", ".onnx", ".npz", ".sqlite3", ".env", ".pem", ".key", ".log")
    assert [name for name in done.stdout.splitlines() if name.endswith(endings) or "node_modules/" in name] == []
