"""Pages of the course."""

from __future__ import annotations

from django.urls import path

from courses import views

urlpatterns = [path("", views.landing, name="landing")]
