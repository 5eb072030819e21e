"""Triage: judges a line before anybody else sees it. Pure, deterministic, linear in its length."""

from __future__ import annotations

from chat.core.triage.judging import judge
from chat.core.triage.verdict import Context, Reason, Verdict

__all__ = ["Context", "Reason", "Verdict", "judge"]
