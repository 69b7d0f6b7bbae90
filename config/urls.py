"""Which room answers which address."""

from importlib.util import find_spec

from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

from agencies.views.home import home
from config.health import healthz

ROOMS = {
    "": "agencies.urls",
    "moves/": "workflow.urls",
    "cases/": "casework.urls",
    "desk/": "hotline.urls",
    "letters/": "casework.measures.warning_letter.urls",
    "visits/": "casework.measures.follow_up_visit.urls",
    "orders/": "protection_orders.urls",
    "referrals/": "referrals.urls",
    "figures/": "indicators.urls",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("healthz", healthz),
    path("language/", include("django.conf.urls.i18n")),
    *(path(prefix, include(urls)) for prefix, urls in ROOMS.items() if find_spec(urls)),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.broken"
