"""The commands that say whether all is right must be able to say that it is not."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from config.management.commands import promises
from config.management.commands.test import every_step, has_browser, journeys
from tests.server import BASE

SKIPPING = "import pytest\ndef test_it():\n    pytest." + "skip('no')\n"


def names(mode: str) -> list[str]:
    """The steps of one mode."""
    return [step.name for step in every_step(mode)]  # type: ignore[arg-type]


def test_fast_leaves_out_the_browser_and_what_is_slow() -> None:
    assert set(names("plain")) - set(names("fast")) == {"journeys"}
    fast = next(step for step in every_step("fast") if step.name == "pytest")
    assert fast.command[fast.command.index("-m", 3) + 1] == "not journey and not slow"


def test_strict_leaves_out_nothing() -> None:
    assert names("strict") == names("plain")
    plug_in = ["-p", "tests.house.strict"]
    tested = [step for step in every_step("strict") if step.name in ("pytest", "journeys")]
    assert [step.command[-2:] for step in tested] == [plug_in, plug_in]


def test_without_a_browser_journeys_are_left_out_but_never_in_strict(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    assert not has_browser(install=False)
    assert journeys("plain").went == "left out"


@pytest.mark.parametrize(("plug_in", "code"), [([], 0), (["-p", "tests.house.strict"], 1)])
def test_a_skipped_test_fails_a_strict_run(tmp_path: Path, plug_in: list[str], code: int) -> None:
    (tmp_path / "test_skipping.py").write_text(SKIPPING)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *plug_in]
    run = subprocess.run([*command, str(tmp_path)], cwd=BASE, capture_output=True, text=True)
    assert run.returncode == code, run.stdout
    assert "1 skipped" in run.stdout


TEXTS = {"W1": "Nobody else may act.", "W5": "Every answer has headers."}


def listed(tests: dict[str, list[str]]) -> tuple[str, int]:
    """What the command writes for these tests, and its exit code."""
    out = io.StringIO()
    try:
        promises.Command(stdout=out).list_all(TEXTS, tests)
    except SystemExit as end:
        return out.getvalue(), int(end.code or 0)
    return out.getvalue(), 0


def test_a_promise_without_a_test_is_shown_and_counts() -> None:
    text, code = listed({"W1": ["a::b", "a::c"]})
    assert code == 1
    assert text.splitlines() == [
        "W1   Nobody else may act.",
        "       a::b",
        "       a::c",
        "W5   Every answer has headers.",
        "       (not proved)",
        "1 of 2 proved",
    ]


def test_when_every_promise_has_one_all_is_well() -> None:
    text, code = listed({"W1": ["a"], "W5": ["b"]})
    assert (text.splitlines()[-1], code) == ("2 of 2 proved", 0)


@pytest.mark.parametrize(
    ("proved", "tests", "sentence"),
    [
        ([], {"W1": ["a"], "Z9": ["b"]}, "There is no promise Z9."),
        (["Z9"], {}, "There is no promise Z9."),
        (["W1"], {"W5": ["a"]}, "No test proves W1 any more."),
        (["W1"], {"W1": ["a"]}, ""),
    ],
)
def test_what_cannot_be_true_is_said(
    proved: list[str], tests: dict[str, list[str]], sentence: str
) -> None:
    assert promises.fault_in({"W1": "text", "W5": "text"}, proved, tests) == sentence
