"""Pages about coming in, and Help now."""

from __future__ import annotations

from django.urls import path

from people import help as help_page
from people import views

urlpatterns = [
    path("help", help_page.help_now, name="help"),
    path("come-back", views.come_back, name="come-back"),
]
