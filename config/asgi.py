"""The way in for every connection: sockets to the live room, everything else to pages."""

from __future__ import annotations

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.asgi import get_asgi_application

from config.durability import insist
from config.static import with_static_files

pages = with_static_files(get_asgi_application())
insist()

from chat.live.socket import application as sockets  # noqa: E402  (after Django is set up)


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Route one connection by its type."""
    if scope["type"] == "websocket":
        await sockets(scope, receive, send)
    else:
        await pages(scope, receive, send)
