"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from config.settings import env

BASE = Path(__file__).resolve().parent.parent.parent
NOT_OURS = {".git", ".venv", "node_modules", "dist", "data", "__pycache__"}
CACHES = {".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache"}
FOLDERS = {".ci", "chat", "config", "courses", "docs", "frontend", "people", "scheduling", "tests"}
FILES = {"LICENSE", "README.md", "manage.py", "pyproject.toml", ".gitignore", ".editorconfig"}
LOCKS = {"requirements.lock", "requirements-dev.lock", "requirements-uv.lock"}
TOP = FOLDERS | FILES | LOCKS | {".dockerignore", ".pre-commit-config.yaml"}
LONGEST = 400
# May only shrink.
LONGER = {
    "chat/protocol.py",  # the wire stands in one place
    "frontend/src/protocol.ts",  # made from it
}


def every_file() -> list[Path]:
    """What a clone holds, as far as it can be told without git."""
    found = []
    for path in BASE.rglob("*"):
        parts = path.relative_to(BASE).parts
        at_top = parts[0] in NOT_OURS | CACHES
        deeper = set(parts) & (NOT_OURS - {"data"})
        if path.is_file() and not at_top and not deeper:
            found.append(path)
    return found


def python() -> list[Path]:
    """Every module of ours that is not a migration."""
    return [
        path for path in every_file() if path.suffix == ".py" and "migrations" not in path.parts
    ]


def name_of(path: Path) -> str:
    """The path as one would write it."""
    return path.relative_to(BASE).as_posix()


def test_no_file_is_too_long_to_read() -> None:
    code = [path for path in every_file() if path.suffix in (".py", ".ts", ".tsx")]
    long = {name_of(path) for path in code if len(path.read_text().splitlines()) > LONGEST}
    assert long == LONGER


def test_no_module_is_a_drawer_for_everything() -> None:
    words = re.compile(r"^(util|utils|common|helper|helpers|misc|shared)(\.|$)")
    parts = {part for path in every_file() for part in path.relative_to(BASE).parts}
    assert [part for part in parts if words.match(part)] == []


def test_the_top_folder_holds_what_it_should() -> None:
    found = {path.relative_to(BASE).parts[0] for path in every_file()}
    assert found - TOP == set()


@pytest.mark.parametrize("path", python(), ids=name_of)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text())
    if not tree.body:
        return
    assert ast.get_docstring(tree), "a module begins with one sentence on what lives in it"
    if path.name != "__init__.py":
        assert "from __future__ import annotations" in path.read_text()


def test_nothing_names_a_machine_or_a_registry() -> None:
    machine = re.compile("/(" + "work|root|tmp" + r")/[a-z]|/home/[a-z]|/" + "Users/")
    registry = re.compile("|".join(["npm" + "js", "py" + r"pi\.org", "python" + "hosted"]))
    found = []
    for path in every_file():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        found += [name_of(path) for rule in (machine, registry) if rule.search(text)]
    assert found == []


def test_no_test_is_skipped_or_speaks_to_a_stand_in() -> None:
    words = ["pytest." + "skip", "mark." + "skip", "mark." + "xfail", "unittest." + "mock"]
    tests = [path for path in python() if path.is_relative_to(BASE / "tests")]
    assert [name_of(p) for p in tests if any(word in p.read_text() for word in words)] == []


def test_nothing_is_left_for_later() -> None:
    words = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]
    assert [name_of(p) for p in python() if any(word in p.read_text() for word in words)] == []


def test_the_readme_explains_every_setting() -> None:
    readme = (BASE / "README.md").read_text()
    names = {f"`{name}`" for name in env.known}
    assert {name for name in names if name not in readme} == set()


def test_every_promise_is_written_down_once() -> None:
    sheet = tomllib.loads((BASE / "tests" / "promises.toml").read_text())
    counts = {"L": 11, "H": 6, "G": 5, "P": 4, "J": 5, "I": 9, "A": 3, "W": 6, "R": 2}
    wanted = [f"{letter}{n}" for letter, count in counts.items() for n in range(1, count + 1)]
    assert list(sheet["promises"]) == wanted
    assert set(sheet["proved"]) <= set(wanted)
