"""Addresses of the inbox's part of the settings, under settings/."""

from django.urls import path

from inbox.views import (
    settings_chain,
    settings_fallback,
    settings_promise_trials,
    settings_promises,
    settings_recounts,
    settings_replies,
    settings_rules,
    settings_set_aside,
    settings_suggestions,
    settings_topics,
)

urlpatterns = [
    path("topics/", settings_topics.index, name="settings_topics"),
    path("topics/new/", settings_topics.new, name="settings_topic_new"),
    path("topics/<int:pk>/", settings_topics.edit, name="settings_topic"),
    path("categories/new/", settings_topics.category_new, name="settings_category_new"),
    path("categories/<int:pk>/", settings_topics.category, name="settings_category"),
    path(
        "categories/<int:pk>/remove/",
        settings_topics.category_remove,
        name="settings_category_remove",
    ),
    path("rules/", settings_rules.index, name="settings_rules"),
    path("rules/new/", settings_rules.new, name="settings_rule_new"),
    path("rules/<int:pk>/", settings_rules.edit, name="settings_rule"),
    path("rules/<int:pk>/trial/", settings_rules.trial, name="settings_rule_trial"),
    path("rules/<int:pk>/switch/", settings_rules.switch, name="settings_rule_switch"),
    path("rules/<int:pk>/remove/", settings_rules.remove, name="settings_rule_remove"),
    path("replies/", settings_replies.index, name="settings_replies"),
    path("replies/new/", settings_replies.new, name="settings_reply_new"),
    path("replies/<int:pk>/", settings_replies.edit, name="settings_reply"),
    path("promises/", settings_promises.index, name="settings_promises"),
    path("promises/new/", settings_promises.new, name="settings_promise_new"),
    path("promises/open/", settings_promise_trials.look, name="settings_promise_look"),
    path("promises/trials/<int:pk>/", settings_promise_trials.trial, name="settings_promise_trial"),
    path(
        "promises/applied/<int:pk>/",
        settings_promise_trials.applied,
        name="settings_promise_applied",
    ),
    path("promises/<int:pk>/", settings_promises.edit, name="settings_promise"),
    path("promises/<int:pk>/move/", settings_promises.move, name="settings_promise_move"),
    path("promises/<int:pk>/remove/", settings_promises.remove, name="settings_promise_remove"),
    path("chain/", settings_chain.edit, name="settings_chain"),
    path("fallback/", settings_fallback.fallback, name="settings_fallback"),
    path("suggestions/", settings_suggestions.edit, name="settings_suggestions"),
    path("set-aside/", settings_set_aside.index, name="settings_set_aside"),
    path("set-aside/<int:pk>/", settings_set_aside.item, name="settings_set_aside_item"),
    path("set-aside/<int:pk>/retry/", settings_set_aside.retry, name="settings_set_aside_retry"),
    path("calendars/deadlines/", settings_recounts.index, name="settings_recounts"),
    path(
        "calendars/deadlines/<int:pk>/again/",
        settings_recounts.again,
        name="settings_recount_again",
    ),
]
