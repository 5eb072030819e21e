"""The map of the site: each app's own list, and the two questions a machine asks."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from config import demo, health

handler400 = "config.errors.bad_request"
handler403 = "config.errors.not_allowed"
handler404 = "config.errors.not_found"
handler500 = "config.errors.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", health.livez),
    path("readyz", health.readyz),
    path("staff/account/", include("allauth.urls")),
    path("demo/<str:token>", demo.sign_in),
    path("", include("courses.urls")),
    path("", include("people.urls")),
    path("", include("chat.urls")),
    path("", include("chat.api")),
]
