"""The addresses of writing surveys."""

from django.urls import URLPattern, path

from surveys.views import drafts, languages, preview, publishing, questions, surveys

urlpatterns: list[URLPattern] = [
    path("", surveys.browse, name="list"),
    path("new/", surveys.new, name="new"),
    path("<int:pk>/", drafts.show, name="survey"),
    path("<int:pk>/details/", surveys.details, name="details"),
    path("<int:pk>/copy/", surveys.copy, name="copy"),
    path("<int:pk>/put-away/", surveys.put_away, name="put_away"),
    path("<int:pk>/bring-back/", surveys.bring_back, name="bring_back"),
    path("<int:pk>/texts/", drafts.texts, name="texts"),
    path("<int:pk>/languages/", languages.edit, name="languages"),
    path("<int:pk>/questions/new/<slug:kind>/", questions.new, name="question_new"),
    path("<int:pk>/questions/<slug:slug>/", questions.edit, name="question"),
    path("<int:pk>/questions/<slug:slug>/move/", questions.move, name="question_move"),
    path("<int:pk>/questions/<slug:slug>/remove/", questions.remove, name="question_remove"),
    path("<int:pk>/undo/", drafts.undo, name="undo"),
    path("<int:pk>/draft/", drafts.redraft, name="redraft"),
    path("<int:pk>/draft/discard/", drafts.discard, name="discard"),
    path("<int:pk>/publish/", publishing.publish, name="publish"),
    path("<int:pk>/versions/", publishing.versions, name="versions"),
    path("<int:pk>/versions/<int:number>/", publishing.version, name="version"),
    path("<int:pk>/preview/", preview.show, name="preview"),
    path("<int:pk>/preview/screen/", preview.screen, name="preview_screen"),
]
