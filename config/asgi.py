"""The way in for every connection: sockets to the live room, everything else to pages."""

from __future__ import annotations

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings
from django.core.asgi import get_asgi_application

pages = get_asgi_application()

from config.durability import insist
from config.static import with_static_files

insist()
http = with_static_files(pages)


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Route one connection by its type."""
    if scope["type"] == "websocket":
        from chat.live.socket import application as sockets

        await sockets(scope, receive, send)
    else:
        await http(scope, receive, send)
