"""Addresses of the plan monitor."""

from django.urls import path

from monitor import round_views, views

app_name = "monitor"
urlpatterns = [
    path("", views.board, name="board"),
    path("rounds/", round_views.rounds, name="rounds"),
    path("rounds/new/", round_views.new_round, name="new_round"),
    path("rounds/<uuid:pk>/", round_views.round, name="round"),
    path("work/<uuid:pk>/", round_views.work, name="work"),
    path("work/<uuid:pk>/table/", round_views.template, name="template"),
    path("work/<uuid:pk>/upload/", round_views.upload, name="upload"),
    path("warnings/", round_views.warnings, name="warnings"),
    path("warnings/<uuid:pk>/", round_views.warning, name="warning"),
    path("units/", views.units, name="units"),
    path("targets/<str:target>/", views.target, name="target"),
    path("targets/<str:target>/units/", views.answers, name="answers"),
]
