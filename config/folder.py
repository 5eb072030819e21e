"""The data folder: what kind it is, and the secret key that lives in it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Literal

Kind = Literal["demo", "empty"]


def kind_of(folder: Path) -> Kind | None:
    """What the folder was made for; None while nothing has been made in it."""
    try:
        text = (folder / "kind").read_text().strip()
    except FileNotFoundError:
        return None
    # Anything that cannot be read as a demo is not one: demo links need no password.
    return "demo" if text == "demo" else "empty"


def is_demo(folder: Path) -> bool:
    """Whether sign-in links of the demo may work on this folder."""
    return kind_of(folder) == "demo"


def make_folder(folder: Path, kind: Kind) -> None:
    """Make the folder, for its owner's eyes only, and say what it is for."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / "kind").write_text(kind + "\n")


def secret_key(folder: Path) -> str:
    """The key of this folder, made at the first call and readable by its owner only."""
    path = folder / "secret.key"
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_once(path, secrets.token_urlsafe(48))
    return path.read_text().strip()


def _write_once(path: Path, text: str) -> None:
    """Two processes that start at once end with the same key: only one link succeeds."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
