"""From the command line to Django. What ``up`` was asked for decides the settings: read first."""

from __future__ import annotations

import argparse
import atexit
import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from config.environment import LOOPBACK
from config.folder import Kind, kind_of, make_folder

PORT = 8000
WITHOUT_DATA = frozenset(
    ["chaos", "check", "makemigrations", "model", "promises", "protocol", "test"]
)


def run(arguments: list[str]) -> None:
    """Run one command of Django's kind; ``arguments`` begin with the program's name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if arguments[1:2] == ["up"] and not {"-h", "--help"} & set(arguments):
        arguments = [*arguments[:2], *prepare_up(arguments[2:])]
    elif arguments[1:2] and arguments[1] in WITHOUT_DATA and "DATA_DIR" not in os.environ:
        use_passing_folder()
    try:
        execute_from_command_line(arguments)
    except ImproperlyConfigured as fault:
        sys.exit(f"waymark: {fault}")


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of ``up``."""
    parser.add_argument("--port", type=int, default=PORT, help="0 takes any free one")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--data", type=Path, help="the data folder (otherwise DATA_DIR)")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--demo", action="store_true", help="with a made-up cohort (the default)")
    parser.add_argument("--quiet", action="store_true", help="a demo without scripted people")
    kind.add_argument("--empty", action="store_true", help="with nobody in it")


def prepare_up(arguments: list[str]) -> list[str]:
    """Set the environment that the settings read; the arguments with their gaps filled.

    Exits with a sentence when the data folder or the address does not fit the wish.
    """
    parser = argparse.ArgumentParser(prog="manage.py up", add_help=False, allow_abbrev=False)
    add_options(parser)
    options, _others = parser.parse_known_args(arguments)
    if options.data:
        os.environ["DATA_DIR"] = str(options.data.expanduser().absolute())
    if not 0 <= options.port <= 65535:
        sys.exit("waymark: --port is a number from 0 to 65535; 0 takes any free one.")
    _agree_on_kind(_data_folder(), options)
    port = options.port or _free_port(options.host)
    if options.host in LOOPBACK:
        origins = [f"http://127.0.0.1:{port}", f"http://localhost:{port}"]
        if options.host == "::1":
            origins.append(f"http://[::1]:{port}")
        os.environ.setdefault("ORIGINS", ",".join(origins))
    elif "ORIGINS" not in os.environ:
        sys.exit("waymark: with --host, ORIGINS must say at which https addresses people come.")
    return [*arguments, "--port", str(port)]


def use_passing_folder() -> None:
    """What only looks at the code makes no key in the folder of somebody's data."""
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="waymark-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)


def _data_folder() -> Path:
    # The same default as in the settings, which may not be read yet.
    return Path(os.environ.get("DATA_DIR") or Path(__file__).resolve().parent.parent / "data")


def _agree_on_kind(folder: Path, options: argparse.Namespace) -> None:
    """See what this folder is, or make it one if it is new and nothing stands against it."""
    try:
        found = kind_of(folder)
        known = found is not None or (folder / "waymark.sqlite3").exists()
    except OSError:
        sys.exit("waymark: the data folder cannot be read. Use --data for another.")
    kind: Kind = found or ("empty" if known or options.empty else "demo")
    if kind == "demo" and options.host not in LOOPBACK:
        sys.exit("waymark: a demo signs anybody in, so it listens on this machine only.")
    if not known:
        _make(folder, kind)
    if options.demo and kind != "demo":
        sys.exit("waymark: this data folder holds a real service. Use --data for a demo.")
    if options.empty and kind != "empty":
        sys.exit("waymark: this data folder holds a demo. Use --data for an empty one.")


def _make(folder: Path, kind: Kind) -> None:
    try:
        make_folder(folder, kind)
    except OSError:
        sys.exit("waymark: the data folder cannot be made. Use --data for another.")


def _free_port(host: str) -> int:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port
