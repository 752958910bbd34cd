"""Settings: topics and their categories."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from districts.doors import permission_required
from districts.editing import FormPage, Question, ask, page_of, posted, show_form
from districts.permissions import Permission
from districts.requests import MemberRequest
from inbox.forms.topics import CategoryForm, TopicForm
from inbox.models import Category, Topic
from inbox.topics import remove_category

guarded = permission_required(Permission.MANAGE_INBOX)


@guarded
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """List the topics by category, and the categories."""
    rows = Topic.objects.select_related("category", "team", "owner", "department__owner")
    page = page_of(request, rows.order_by("-is_active", "category__position", "position", "pk"))
    context = {"page": page, "categories": Category.objects.all()[:100], "here": "topics"}
    return render(request, "inbox/settings/topics.html", context)


@guarded
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Add a topic."""
    return _show(request, Topic(), _("Add a topic"), done=_("The topic is added."))


@guarded
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a topic."""
    topic = get_object_or_404(Topic, pk=pk)
    return _show(request, topic, topic.name, done=_("The topic is changed."))


@guarded
@require_http_methods(["GET", "POST"])
def category_new(request: MemberRequest) -> HttpResponse:
    """Add a category."""
    return _show_category(request, Category(), _("Add a category"))


@guarded
@require_http_methods(["GET", "POST"])
def category(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a category."""
    found = get_object_or_404(Category, pk=pk)
    remove_url = reverse("inbox:settings_category_remove", args=[pk])
    return _show_category(request, found, found.name, remove_url=remove_url)


@guarded
@require_http_methods(["GET", "POST"])
def category_remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask once, then remove a category; its topics stay."""
    found = get_object_or_404(Category, pk=pk)
    question = Question(
        title=_("Remove %(name)s?") % {"name": found.name},
        text=_("Its topics stay, in no category."),
        answer=_("Remove the category"),
        back=reverse("inbox:settings_topics"),
        here="topics",
    )
    return ask(
        request,
        question,
        lambda: remove_category(found, by=request.member, at=timezone.now()),
        done=_("The category is removed."),
    )


def _show(request: MemberRequest, topic: Topic, title: str, *, done: str) -> HttpResponse:
    form = TopicForm(posted(request), instance=topic)
    page = FormPage(title, reverse("inbox:settings_topics"), done, context={"here": "topics"})
    return show_form(request, form, page)


def _show_category(
    request: MemberRequest, category: Category, title: str, **more: str
) -> HttpResponse:
    form = CategoryForm(posted(request), instance=category)
    context = {"here": "topics", **more}
    page = FormPage(
        title, reverse("inbox:settings_topics"), _("The category is saved."), context=context
    )
    return show_form(request, form, page)
