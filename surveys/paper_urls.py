"""The addresses of entering answers that came on paper or in a file."""

from django.urls import URLPattern, path

from surveys.views import answer_files, paper

urlpatterns: list[URLPattern] = [
    path("paper/", paper.waves, name="paper"),
    path("paper/<int:pk>/", paper.sheet, name="paper_sheet"),
    path("waves/<int:pk>/files/", answer_files.upload, name="answer_files"),
    path("files/<int:pk>/", answer_files.page, name="answer_file"),
    path("files/<int:pk>/take/", answer_files.take, name="answer_file_take"),
    path("files/<int:pk>/undo/", answer_files.undo, name="answer_file_undo"),
]
