"""Addresses of the numbers."""

from django.urls import path

from indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("csv/", views.csv, name="csv"),
    path("releases/", views.releases, name="releases"),
    path("releases/<slug:period>/", views.release, name="release"),
    path("releases/<slug:period>/csv/", views.release_file, {"kind": "csv"}, name="release_csv"),
    path("releases/<slug:period>/xlsx/", views.release_file, {"kind": "xlsx"}, name="release_xlsx"),
    path("releases/<slug:period>/json/", views.release_file, {"kind": "json"}, name="release_json"),
    path("releases/<slug:period>/pdf/", views.release_file, {"kind": "pdf"}, name="release_pdf"),
    path("towns/", views.towns, name="towns"),
    path("indicators/", views.now, name="now"),
    path("<slug:key>/", views.figure, name="figure"),
    path("<slug:key>/csv/", views.csv, name="csv"),
]
