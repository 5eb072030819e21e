"""The demo: a made-up cohort whose evening is live now, links to walk in by, scripted company.

Nothing here works on a data folder that was not made for it.
"""

from __future__ import annotations

from config.demo.company import start_scripted
from config.demo.links import prepare, sign_in

__all__ = ["prepare", "sign_in", "start_scripted"]
