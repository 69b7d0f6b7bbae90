"""Addresses of the plan monitor."""

from django.urls import path

from monitor import level_views, office_views, paper_views, round_views, seat_views, views

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
    path("reports/<uuid:pk>/<slug:kind>/", paper_views.report_file, name="report_file"),
    path("levels/", level_views.levels, name="levels"),
    path("seat/", seat_views.seat, name="seat"),
    path("frozen/<uuid:pk>/", seat_views.frozen, name="frozen"),
    path("proposals/", seat_views.proposals, name="proposals"),
    path("proposals/new/", seat_views.new_proposal, name="new_proposal"),
    path("proposals/<uuid:pk>/", seat_views.proposal, name="proposal"),
    path("public/methods/", office_views.methods, name="methods"),
    path("public/<slug:area>/", office_views.public, name="public"),
    path(
        "public/<slug:area>/reports/<uuid:pk>/<slug:kind>/", paper_views.public_report, name="public_report"
    ),
    path("public/<slug:area>/json/", office_views.export, name="export"),
    path("public/<slug:area>/sdmx/", office_views.sdmx, name="sdmx"),
    path("calendar/", office_views.calendar, name="calendar"),
    path("agenda/<slug:kind>/", paper_views.agenda, name="agenda"),
    path("units/", views.units, name="units"),
    path("units/<uuid:pk>/card/", paper_views.card, name="card"),
    path("targets/<str:target>/", views.target, name="target"),
    path("targets/<str:target>/reference/", views.reference, name="reference"),
    path("targets/<str:target>/units/", views.answers, name="answers"),
]
