"""Small scripts for the tests, written as a file would be."""

from __future__ import annotations

from chat.practice.script import Script, read_script

NAMES = '["ann", "bo", "cy", "di", "ed", "flo", "gus", "hal", "Maya", "Jo"]'
EVENING = """
{ who = 1, key = "hi", text = "hi all" },
{ who = 2, text = "hi {1}", reply = "hi" },
{ who = 3, text = "add me on insta", tag = "held", edit = "hope your week is kind" },
{ who = 4, text = "hello" },
{ who = 9, text = "Welcome, everybody." },
{ who = 2, text = "thanks {9}" },
"""
QUIETER = """
[{ who = 5, text = "rain again" }, { who = 6, text = "i like it" }],
[{ who = 7, text = "tea?" }, { who = 8, text = "yes please" }],
[{ who = 1, text = "late bus" }],
[{ who = 2, text = "good song on" }],
"""


def script_text(evening: str = EVENING, quieter: str = QUIETER, more: str = "") -> bytes:
    """A whole script as TOML, in which one part may be another."""
    return f"""
title = "A small evening"
week = 3
review = "made up for a test"
names = {NAMES}
before = 2
evening = [{evening}]
quieter = [{quieter}]
greetings = [{{ who = 1, text = "hello {{name}}" }}, {{ who = 2, text = "hi {{name}}" }}]
answers = [{{ who = 1, text = "thanks {{name}}" }}, {{ who = 2, text = "ok" }}]
hesitations = [{{ who = 1, text = "let me think" }}]
private = [
  {{ who = 3, to = "line", text = "ok, sorry" }},
  {{ who = 3, to = "line", text = "thank you" }},
]
{more}
""".encode()


def small_script() -> Script:
    return read_script(script_text())
