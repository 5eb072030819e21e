"""Pages around the live room."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from chat import views

urlpatterns = [
    path("evening", views.evening, name="evening"),
    path("leave", views.leave, name="leave"),
    path("rooms/<str:room_id>", views.room, name="room"),
    path("rooms/<str:room_id>/lobby", views.lobby, name="lobby"),
    path("rooms/<str:room_id>/check-in", views.check_in, name="check-in"),
    path("desk/<str:room_id>", views.desk, name="desk"),
    path("staff/", views.staff_home, name="staff"),
    path("staff", RedirectView.as_view(url="/staff/")),
]
