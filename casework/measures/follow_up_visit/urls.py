"""Addresses of the visits: ids only."""

from django.urls import path

from casework.measures.follow_up_visit import views

app_name = "follow_up_visit"
urlpatterns = [
    path("", views.today, name="today"),
    path("cadence/", views.cadence, name="cadence"),
    path("<uuid:pk>/", views.visit, name="visit"),
    path("<uuid:pk>/show/", views.show, name="show"),
]
