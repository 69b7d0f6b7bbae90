"""The product's addresses, and the pages that show the shell's components."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from tests.shell.gallery import gallery_context

handler404 = "config.errors.not_found"


def _show(template: str) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        return render(request, template, gallery_context())

    return view


def answer(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"{status}.html", {"request_id": "0123abcd"}, status=status)


urlpatterns = [
    path("gallery/", _show("gallery.html"), name="gallery"),
    path("gallery/desk/", _show("desk.html")),
    path("gallery/public/", _show("public.html")),
    path("gallery/answers/<int:status>/", answer),
    path("", include("config.urls")),
]
