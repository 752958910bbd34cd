"""Addresses of the inbox in version 1 of the API."""

from django.urls import path

from inbox.api.catalogue import Schools, Topics
from inbox.api.conversations import Conversations, OneConversation
from inbox.api.promises import Policies, Promises
from inbox.api.replies import Replies
from inbox.api.threads import Events, Messages

app_name = "inbox_api"

urlpatterns = [
    path("conversations/", Conversations.as_view(), name="conversations"),
    path("conversations/<int:number>/", OneConversation.as_view(), name="conversation"),
    path("conversations/<int:number>/messages/", Messages.as_view(), name="messages"),
    path("conversations/<int:number>/events/", Events.as_view(), name="events"),
    path("conversations/<int:number>/replies/", Replies.as_view(), name="replies"),
    path("conversations/<int:number>/promises/", Promises.as_view(), name="promises"),
    path("policies/", Policies.as_view(), name="policies"),
    path("topics/", Topics.as_view(), name="topics"),
    path("schools/", Schools.as_view(), name="schools"),
]
