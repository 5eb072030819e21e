"""Scripted people: they train volunteers, keep the demo alive and drive tests and benchmarks."""

from __future__ import annotations
