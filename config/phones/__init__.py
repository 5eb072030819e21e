"""Phone-like clients: what the real one does with sockets, outbox and resume, without a screen.

Driven by `manage.py chaos` and by the tests. Needs the developer requirements (websockets).
"""

from __future__ import annotations

from config.phones.phone import Frame, Phone
from config.phones.web import Answer, ask, leave, sign_in

__all__ = ["Answer", "Frame", "Phone", "ask", "leave", "sign_in"]
