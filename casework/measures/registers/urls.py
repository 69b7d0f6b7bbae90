"""Addresses of the registers: keys and ids only."""

from django.urls import path

from casework.measures.registers import views

app_name = "registers"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:register>/", views.listing, name="list"),
    path("<slug:register>/new/", views.new, name="new"),
    path("<slug:register>/<uuid:pk>/", views.entry, name="entry"),
    path("<slug:register>/<uuid:pk>/edit/", views.edit, name="edit"),
]
