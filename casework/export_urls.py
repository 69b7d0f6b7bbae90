"""Addresses of exports: ids only."""

from django.urls import path

from casework.views import exports

app_name = "exports"
urlpatterns = [
    path("", exports.rows, name="list"),
    path("new/", exports.new, name="new"),
    path("<uuid:pk>/", exports.one, name="one"),
    path("<uuid:pk>/file/", exports.file, name="file"),
    path("<uuid:pk>/passphrase/", exports.passphrase, name="passphrase"),
]
