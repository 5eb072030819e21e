"""The data folder: its kind, its key, and what `up` makes of both."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from config import door
from config.folder import is_demo, kind_of, make_folder, secret_key


def test_a_new_folder_is_neither(tmp_path: Path) -> None:
    assert kind_of(tmp_path) is None
    assert not is_demo(tmp_path)


@pytest.mark.parametrize("text", ["empty", "", "Demo", "demo links please"])
def test_only_a_folder_that_says_so_is_a_demo(tmp_path: Path, text: str) -> None:
    (tmp_path / "kind").write_text(text)
    assert not is_demo(tmp_path)
    make_folder(tmp_path, "demo")
    assert is_demo(tmp_path)


def test_the_folder_and_its_key_are_for_the_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "data"
    key = secret_key(folder)
    assert len(key) >= 48
    assert secret_key(folder) == key
    assert (folder / "secret.key").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert sorted(path.name for path in folder.iterdir()) == ["secret.key"]


def test_two_starts_at_once_agree_on_the_key(tmp_path: Path) -> None:
    keys: list[str] = []
    threads = [
        threading.Thread(target=lambda: keys.append(secret_key(tmp_path))) for _ in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(keys)) == 1


@pytest.fixture
def environ(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The environment as it is before the settings are read; the data folder."""
    for name in ("ORIGINS", "DATA_DIR"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    return tmp_path / "data"


def prepared(*arguments: str) -> list[str]:
    """What `up` makes of its arguments."""
    return door.prepare_up(list(arguments))


def test_a_new_folder_becomes_a_demo_and_stays_one(environ: Path) -> None:
    assert prepared("--data", str(environ))[-2:] == ["--port", "8000"]
    assert kind_of(environ) == "demo"
    prepared("--data", str(environ), "--demo")
    with pytest.raises(SystemExit, match="holds a demo"):
        prepared("--data", str(environ), "--empty")


def test_an_empty_folder_never_becomes_a_demo(environ: Path) -> None:
    prepared("--data", str(environ), "--empty")
    prepared("--data", str(environ))
    assert kind_of(environ) == "empty"
    with pytest.raises(SystemExit, match="holds a real service"):
        prepared("--data", str(environ), "--demo")


def test_data_without_a_kind_is_taken_for_real(environ: Path) -> None:
    environ.mkdir()
    (environ / "waymark.sqlite3").touch()
    with pytest.raises(SystemExit, match="holds a real service"):
        prepared("--data", str(environ), "--demo")


def test_a_demo_is_for_this_machine_only(environ: Path) -> None:
    with pytest.raises(SystemExit, match="this machine only"):
        prepared("--data", str(environ), "--host", "192.0.2.1")


def test_another_host_needs_to_know_its_origins(environ: Path) -> None:
    with pytest.raises(SystemExit, match="ORIGINS"):
        prepared("--data", str(environ), "--empty", "--host", "192.0.2.1")


def test_the_origins_follow_the_port(environ: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = prepared("--data", str(environ), "--port", "0")
    port = int(arguments[-1])
    assert port > 1024
    assert os.environ["ORIGINS"] == f"http://127.0.0.1:{port},http://localhost:{port}"


@pytest.mark.parametrize("port", ["-1", "65536"])
def test_a_port_that_is_none_is_said_in_a_sentence(environ: Path, port: str) -> None:
    with pytest.raises(SystemExit, match="from 0 to 65535"):
        prepared("--port", port)
    assert kind_of(environ) is None


def test_a_refused_start_leaves_no_folder_behind(environ: Path) -> None:
    """It was a demo for ever after: the real service was then refused there."""
    with pytest.raises(SystemExit, match="this machine only"):
        prepared("--host", "192.0.2.1")
    assert kind_of(environ) is None


def test_a_folder_that_cannot_be_is_said_in_a_sentence(environ: Path) -> None:
    file = environ.parent / "a file"
    file.write_text("")
    with pytest.raises(SystemExit, match="cannot be read"):
        prepared("--data", str(file))
    with pytest.raises(SystemExit, match=r"cannot be (read|made)"):
        prepared("--data", str(file / "deeper"))


def test_a_setting_that_cannot_be_right_is_said_without_a_trace(environ: Path) -> None:
    asked = [sys.executable, "-c", "from config.door import run; run(['manage.py', 'check'])"]
    wrong = os.environ | {"SERVICE_ZONE": "Mars/X", "DATA_DIR": str(environ)}
    done = subprocess.run(asked, env=wrong, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "waymark: SERVICE_ZONE must be a time zone like Europe/London.\n"
