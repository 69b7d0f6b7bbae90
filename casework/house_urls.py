"""Addresses of what the house does together with others: ids only."""

from django.urls import path

from casework.views import house

app_name = "together"
urlpatterns = [
    path("", house.home, name="home"),
    path("<slug:flow>/", house.rows, name="list"),
    path("<slug:flow>/new/", house.new, name="new"),
    path("<slug:flow>/<uuid:pk>/", house.one, name="one"),
    path("<slug:flow>/<uuid:pk>/show/", house.show, name="show"),
]
