#!/usr/bin/env python3
"""The only door: prepares its own environment on first use, then runs Django's commands."""

from __future__ import annotations

import os
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
LEAST = (3, 11)
NEWER = ["python3.11", "python3.12", "python3.13", "python3.14", "python3"]


def main():  # type: () -> None
    """Run one command inside the environment that belongs to this folder."""
    if sys.version_info < LEAST:
        use_newer_python()
    sys.path.insert(0, HERE)
    from config import groundwork

    groundwork.prepare(sys.argv[1:])
    if not groundwork.is_inside():
        groundwork.go_inside(sys.argv)
    from config import door

    door.run(sys.argv)


def use_newer_python():  # type: () -> None
    """Start again with a Python that is new enough, or say which one is needed."""
    for name in NEWER:
        path = shutil.which(name)
        if path and os.environ.get("WAYMARK_TRIED") != path:
            os.environ["WAYMARK_TRIED"] = path
            os.execv(path, [path, *sys.argv])  # noqa: S606
    sys.exit("Waymark needs Python 3.11 or newer; this one is older.")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
