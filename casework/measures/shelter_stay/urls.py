"""Addresses of the shelter: ids only."""

from django.urls import path

from casework.measures.shelter_stay import views

app_name = "shelter_stay"
urlpatterns = [
    path("", views.screen, name="screen"),
    path("sites/", views.sites, name="sites"),
    path("sites/<uuid:pk>/address/", views.site_address, name="site_address"),
    path("sites/<uuid:pk>/places/", views.place_add, name="place_add"),
    path("places/<uuid:pk>/use/", views.place_use, name="place_use"),
    path("<uuid:pk>/", views.stay, name="stay"),
    path("<uuid:pk>/show/", views.show, name="show"),
]
