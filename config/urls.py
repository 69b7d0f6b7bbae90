"""Which room answers which address. Rooms without a line here live in the panels of others."""

from django.conf import settings
from django.urls import include, path

from agencies.views.home import home
from config.health import healthz, readyz
from config.lawbook import law
from config.process_urls import Address, served

ADDRESSES: list[Address] = [
    path("", home, name="home"),
    path("healthz", healthz),
    path("readyz", readyz),
    path("law", law, name="law"),
    path("language/", include("django.conf.urls.i18n")),
    path("", include("agencies.urls")),
    path("moves/", include("workflow.urls")),
    path("cases/", include("casework.urls")),
    path("exports/", include("casework.export_urls")),
    path("report/", include("casework.measures.mandatory_report.urls")),
    path("desk/", include("hotline.urls")),
    path("referrals/", include("referrals.urls")),
    path("hand-over/", include("referrals.public_urls")),
    path("orders/", include("protection_orders.urls")),
    path("screening/", include("casework.measures.screening_round.urls")),
    path("together/conferences/", include("casework.measures.case_conference.urls")),
    path("together/", include("casework.house_urls")),
    path("letters/", include("casework.measures.warning_letter.urls")),
    path("shelter/", include("casework.measures.shelter_stay.urls")),
    path("visits/", include("casework.measures.follow_up_visit.urls")),
    path("interventions/", include("casework.measures.perpetrator_intervention.urls")),
    path("registers/", include("casework.measures.registers.urls")),
    path("figures/", include("indicators.urls")),
    path("plan/", include("monitor.urls")),
]

urlpatterns = served(ADDRESSES, settings.PROCESS)

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.broken"
