"""Addresses of the case: ids only."""

from django.urls import path

from casework.views import archive, case, danger, documents, lists, opening, people, safety, work
from casework.views import case, danger, lists, measures, opening, people, safety, work
from casework.views import access, case, danger, lists, opening, people, safety, work

app_name = "casework"
urlpatterns = [
    path("", lists.cases, name="list"),
    path("today/", lists.today, name="today"),
    path("today/alerts-seen/", lists.alerts_seen, name="alerts_seen"),
    path("due/", lists.due, name="due"),
    path("search/", lists.search, name="search"),
    path("inbox/", lists.inbox, name="inbox"),
    path("inbox/seen/", lists.notices_seen, name="notices_seen"),
    path("new/", case.new, name="new"),
    path("tasks/<uuid:pk>/done/", work.task_done, name="task_done"),
    path("papers/<slug:kind>/<uuid:pk>/", documents.document_print, name="document_print"),
    path("documents/<uuid:pk>/", documents.document, name="document"),
    path("documents/<uuid:pk>/check/", documents.document_check, name="document_check"),
    path("documents/<uuid:pk>/<slug:ending>/", documents.document_get, name="document_get"),
    path("archives/<uuid:pk>/", archive.archive, name="archive"),
    path("<uuid:pk>/archive/", archive.archive_new, name="archive_new"),
    path("measures/<slug:flow>/<uuid:pk>/", measures.measure, name="measure"),
    path("measures/<slug:flow>/<uuid:pk>/show", measures.show, name="measure_show"),
    path("access/<uuid:pk>/", access.access, name="access"),
    path("<uuid:pk>/", case.case, name="case"),
    path("<uuid:pk>/edit/", case.edit, name="edit"),
    path("<uuid:pk>/reveal/", case.reveal_part, name="reveal"),
    path("<uuid:pk>/reads/", case.reads, name="reads"),
    path("<uuid:pk>/children/", case.children, name="children"),
    path("<uuid:pk>/assign/", case.assign, name="assign"),
    path("<uuid:pk>/open/<slug:flow>/", opening.open_measure, name="open_measure"),
    path("<uuid:pk>/people/add/", people.person_add, name="person_add"),
    path("<uuid:pk>/people/<uuid:person>/", people.person_edit, name="person_edit"),
    path("<uuid:pk>/people/<uuid:person>/access/", access.access_ask, name="access_ask"),
    path("<uuid:pk>/reporter/add/", people.reporter_add, name="reporter_add"),
    path("<uuid:pk>/incidents/add/", work.incident_add, name="incident_add"),
    path("<uuid:pk>/danger/", danger.danger, name="danger"),
    path("<uuid:pk>/safety/", safety.safety, name="safety"),
    path("<uuid:pk>/safe-contact/", safety.safe_contact, name="safe_contact"),
    path("<uuid:pk>/evidence/add/", work.evidence_add, name="evidence_add"),
    path("<uuid:pk>/evidence/<uuid:evidence>/", work.evidence_get, name="evidence_get"),
    path("<uuid:pk>/notes/add/", work.note_add, name="note_add"),
    path("<uuid:pk>/tasks/add/", work.task_add, name="task_add"),
    path("<uuid:pk>/happenings/add/", work.happening_add, name="happening_add"),
]
