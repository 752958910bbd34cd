"""Addresses of the inbox: asking, answering, and what goes on between."""

from django.urls import include, path

from inbox.views import (
    alerts,
    ask,
    browse,
    bulk,
    composing,
    conversations,
    go,
    here,
    kin,
    live,
    merging,
    notice_choices,
    notifications,
    placing,
    planner,
    record,
    sending,
    service,
    status,
    suggestion,
    surge_answer,
    surges,
    trends,
    turns,
)

app_name = "inbox"

PUBLIC = [
    path("", ask.home, name="home"),
    path("s/<slug:slug>/", ask.school, name="ask_school"),
    path("ask/", ask.ask, name="ask"),
    path("ask/<slug:slug>/", ask.ask, name="ask_topic"),
    path("status/", status.find, name="find"),
    path("status/<str:token>/", status.status, name="status"),
    path("status/<str:token>/write/", status.write, name="write"),
    path("status/<str:token>/rate/", status.rate, name="rate"),
    path("status/<str:token>/files/<int:pk>/", status.file, name="status_file"),
]

DESK = [
    path("settings/", include("inbox.settings_urls")),
    path("files/<int:pk>/", sending.file, name="file"),
    path("inbox/", browse.browse, name="list"),
    path("inbox/live/", live.poll, name="live"),
    path("inbox/here/", here.here, name="here"),
    path("inbox/new/", record.new, name="new"),
    path("inbox/new/people/", record.people, name="new_people"),
    path("inbox/bulk/", bulk.bulk, name="bulk"),
    path("inbox/bulk/undo/", bulk.undo, name="bulk_undo"),
    path("inbox/family/<int:family>/", kin.family, name="family"),
    path("service/", service.page, name="service"),
    path("service/csv/", service.download, name="service_csv"),
    path("service/planner/", planner.page, name="planner"),
    path("service/trends/", trends.page, name="trends"),
    path("go/", go.go, name="go"),
    path("notifications/", notifications.browse, name="notifications"),
    path("notifications/count/", notifications.count, name="notification_count"),
    path("notifications/choices/", notice_choices.edit, name="notice_choices"),
    path("notifications/read/", notifications.read, name="notification_read"),
]

SURGES = [
    path("surges/", surges.index, name="surges"),
    path("surges/<int:pk>/", surges.page, name="surge"),
    path("surges/<int:pk>/add/", surges.add, name="surge_add"),
    path("surges/<int:pk>/out/<int:number>/", surges.take_out, name="surge_take_out"),
    path("surges/<int:pk>/close/", surges.close, name="surge_close"),
    path("surges/<int:pk>/reopen/", surges.reopen, name="surge_reopen"),
    path("surges/<int:pk>/answer/", surge_answer.compose, name="surge_answer"),
    path("surges/<int:pk>/answer/<int:job>/", surge_answer.sending, name="surge_sending"),
    path("surges/<int:pk>/answer/<int:job>/back/", surge_answer.take_back, name="surge_take_back"),
]

CONVERSATION = [
    path("inbox/<int:number>/", conversations.page, name="conversation"),
    path("inbox/<int:number>/moved/", conversations.moved, name="moved"),
    path("inbox/<int:number>/promises/", conversations.promises, name="promises"),
    path("inbox/<int:number>/history/", conversations.history, name="history"),
    path("inbox/<int:number>/undo/<int:event>/", conversations.undo, name="undo"),
    path("inbox/<int:number>/reply/", composing.reply, name="reply"),
    path("inbox/<int:number>/note/", composing.note, name="note"),
    path("inbox/<int:number>/draft/", composing.draft, name="draft"),
    path("inbox/<int:number>/claim/", placing.claim, name="claim"),
    path("inbox/<int:number>/assign/", placing.assign, name="assign"),
    path("inbox/<int:number>/move/", placing.move, name="move"),
    path("inbox/<int:number>/suggestion/", suggestion.answer, name="suggestion"),
    path("inbox/<int:number>/merge/", merging.merge, name="merge"),
    path("inbox/<int:number>/prioritise/", placing.prioritise, name="prioritise"),
    path("inbox/<int:number>/alerts/<int:pk>/review/", alerts.review, name="alert_review"),
    path("inbox/<int:number>/alerts/<int:pk>/share/", alerts.share, name="alert_share"),
    path("inbox/<int:number>/resolve/", turns.resolve, name="resolve"),
    path("inbox/<int:number>/reopen/", turns.reopen, name="reopen"),
    path("inbox/<int:number>/pend/", turns.pend, name="pend"),
    path("inbox/<int:number>/unpend/", turns.unpend, name="unpend"),
    path("inbox/<int:number>/snooze/", turns.snooze, name="snooze"),
    path("inbox/<int:number>/wake/", turns.wake, name="wake"),
    path("inbox/<int:number>/spam/", turns.spam, name="spam"),
    path("inbox/<int:number>/unspam/", turns.unspam, name="unspam"),
]

urlpatterns = [*PUBLIC, *DESK, *SURGES, *CONVERSATION]
