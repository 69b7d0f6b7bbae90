"""Addresses of screening rounds: ids only."""

from django.urls import path

from casework.measures.screening_round import views

app_name = "screening_round"
urlpatterns = [
    path("", views.rounds, name="list"),
    path("new/", views.new, name="new"),
    path("<uuid:pk>/", views.one_round, name="round"),
    path("<uuid:pk>/findings/<uuid:check>/", views.finding, name="finding"),
]
