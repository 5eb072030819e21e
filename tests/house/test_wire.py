"""The types of the front end are made from the wire."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.management import call_command

from chat import protocol
from config.wire import typescript


def test_the_file_is_fresh() -> None:
    call_command("protocol", "--check")


def test_every_frame_entry_and_code_is_there() -> None:
    text = typescript()
    for union in (protocol.AnyClientFrame, protocol.AnyServerFrame, protocol.AnyEntry):
        for struct in union.__args__:
            assert f"export interface {struct.__name__} {{" in text
    for code in (*protocol.CLOSE_CODES, *protocol.ERR_CODES):
        assert f"| {code} //" in text or f'| "{code}" //' in text


@pytest.mark.parametrize(
    "line",
    [
        '  t: "hello";',
        "  have?: Tops; // missing: {}",
        '  to?: "room" | "line"; // missing: "room"',
        "  body: string | null;",
        "  lines: Record<string, Line[]>;",
        "  e: AnyEntry[];",
        f"export const MAX_BODY_CHARS = {protocol.MAX_BODY_CHARS};",
    ],
)
def test_shapes(line: str) -> None:
    assert line in typescript().splitlines()


def test_the_generated_file_is_where_the_front_end_looks() -> None:
    assert (settings.BASE_DIR / "frontend" / "src" / "protocol.ts").exists()
