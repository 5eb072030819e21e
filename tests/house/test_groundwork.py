"""What `manage.py` makes before anything else is there."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import steps
from tests.server import BASE


class Loaf(steps.Step):
    """A step that can be watched."""

    name = "loaf"
    say = "baking"

    def __init__(self, folder: Path, *, fails: bool = False) -> None:
        self.folder = folder
        self.fails = fails
        self.times = 0

    @property
    def stamp(self) -> Path:
        """Not in the real environment."""
        return self.folder / "loaf.stamp"

    def mark(self) -> str:
        """What is in the flour."""
        return (self.folder / "flour").read_text()

    def work(self) -> None:
        """Count."""
        self.times += 1
        if self.fails:
            raise steps.NotReady("no oven")


def test_what_was_made_is_made_again_only_when_its_sources_change(tmp_path: Path) -> None:
    (tmp_path / "flour").write_text("rye")
    loaf = Loaf(tmp_path)
    assert not loaf.is_done()
    loaf.make()
    assert loaf.is_done()
    (tmp_path / "flour").write_text("spelt")
    assert not loaf.is_done()


def test_what_was_interrupted_is_not_done(tmp_path: Path) -> None:
    (tmp_path / "flour").write_text("rye")
    with pytest.raises(steps.NotReady):
        Loaf(tmp_path, fails=True).make()
    assert not Loaf(tmp_path).is_done()


def test_a_change_while_it_is_made_is_noticed_next_time(tmp_path: Path) -> None:
    (tmp_path / "flour").write_text("rye")

    class Slow(Loaf):
        """Somebody saves a file meanwhile."""

        def work(self) -> None:
            """Change what it is made from."""
            (tmp_path / "flour").write_text("spelt")

    Slow(tmp_path).make()
    assert not Loaf(tmp_path).is_done()


def test_the_hash_knows_names_and_contents(tmp_path: Path) -> None:
    lock, other = BASE / "requirements.lock", BASE / "requirements-dev.lock"
    assert steps.hash_of([lock]) == steps.hash_of([lock])
    assert steps.hash_of([lock]) != steps.hash_of([other])
    assert steps.hash_of([lock, other]) != steps.hash_of([other, lock])


@pytest.mark.parametrize("name", ["manage.py", "config/groundwork.py", "config/steps.py"])
def test_it_needs_nothing_but_python(name: str) -> None:
    tree = ast.parse((BASE / name).read_text())
    modules = {
        alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {
        (node.module or "").partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    }
    assert modules - set(sys.stdlib_module_names) - {"config"} == set()


def test_it_works_from_another_folder_with_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": "/proc"}
    command = [sys.executable, str(BASE / "manage.py"), "check"]
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []
