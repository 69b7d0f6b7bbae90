"""Addresses of the numbers."""

from django.urls import path

from indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("csv/", views.csv, name="csv"),
    path("<slug:key>/", views.figure, name="figure"),
    path("<slug:key>/csv/", views.csv, name="csv"),
]
