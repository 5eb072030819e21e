"""Every hint lost: what another process writes rings no bell here, and still arrives (L5)."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys

import pytest

from tests.live.conftest import Running
from tests.server import BASE

WRITER = """
import django; django.setup()
from django.utils import timezone
from chat.log import writing
from chat.models import Member, Message, Room
room, now = Room.objects.get(state__in=["open", "paused"]), timezone.now()
author = Member.objects.get(room=room, seat__nickname="Sosna")
with writing(room.pk, now) as pen:
    message = Message.objects.create(
        room=room, author=author, cid="elsewhere", digest="-", body="from elsewhere",
        state="published", first_state="published", first_stream="room", first_seq=0, made_at=now,
    )
    message.room_seq = pen.write("room", "message", message)
    message.save()
"""


@pytest.mark.promise("L5")
async def test_what_another_process_wrote_arrives_within_five_seconds(running: Running) -> None:
    robin, maya = running.phone("juniper"), running.phone("Maya")
    async with robin.online(), maya.online():
        await robin.until("snapshot")
        environment = {**os.environ, "DATA_DIR": str(running.server.folder)}
        environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
        await asyncio.to_thread(
            subprocess.run, [sys.executable, "-c", WRITER], env=environment, cwd=BASE, check=True
        )
        assert (await robin.until("message", 5, cid="elsewhere"))["body"] == "from elsewhere"
