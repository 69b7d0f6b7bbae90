"""Addresses of the plan monitor."""

from django.urls import path

from monitor import office_views, round_views, views

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
    path("papers/", office_views.papers, name="papers"),
    path("papers/<slug:flow>/new/", office_views.new_paper, name="new_paper"),
    path("papers/<slug:flow>/<uuid:pk>/", office_views.paper, name="paper"),
    path("reports/new/", office_views.new_report, name="new_report"),
    path("reports/<uuid:pk>/", office_views.report, name="report"),
    path("public/methods/", office_views.methods, name="methods"),
    path("public/<slug:area>/", office_views.public, name="public"),
    path("public/<slug:area>/json/", office_views.export, name="export"),
    path("public/<slug:area>/sdmx/", office_views.sdmx, name="sdmx"),
    path("calendar/", office_views.calendar, name="calendar"),
    path("units/", views.units, name="units"),
    path("targets/<str:target>/", views.target, name="target"),
    path("targets/<str:target>/units/", views.answers, name="answers"),
]
