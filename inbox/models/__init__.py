"""The nouns of the inbox app."""

from inbox.models.alert import (
    AlertCategory,
    AlertList,
    AlertPhrase,
    AlertState,
    ConversationAlert,
)
from inbox.models.choices import Channel, Kind, Priority, SenderRole, Status
from inbox.models.clock import Clock
from inbox.models.clock_run import ClockRun
from inbox.models.clock_state import ClockState
from inbox.models.conversation import Conversation
from inbox.models.day_count import CountChange, DayCount
from inbox.models.intake import Attachment, RawInbound, RawState, Source
from inbox.models.job import Job, JobState
from inbox.models.notice import MailAs, MailWhen, NoticeChoices
from inbox.models.policy import Aspect, PolicyCondition, SlaPolicy
from inbox.models.promise import Metric, Notification, SlaTarget, Unit
from inbox.models.replied import ReplyKey
from inbox.models.rule import (
    ActionKind,
    ConditionKind,
    ConversationTag,
    RoutingRule,
    RuleAction,
    RuleCondition,
    SavedReply,
    Tag,
)
from inbox.models.suggestion import StoredModel, TopicSuggestion
from inbox.models.surge import Sketch, Surge, SurgeMember, SurgeState
from inbox.models.timeline import (
    BODY_LIMIT,
    Assignment,
    Direction,
    Draft,
    Event,
    Feedback,
    Message,
    ReadMark,
)
from inbox.models.topic import Category, InboxSettings, Topic
from inbox.models.wording import Wording, WordReport

__all__ = [
    "BODY_LIMIT",
    "ActionKind",
    "AlertCategory",
    "AlertList",
    "AlertPhrase",
    "AlertState",
    "Aspect",
    "Assignment",
    "Attachment",
    "Category",
    "Channel",
    "Clock",
    "ClockRun",
    "ClockState",
    "ConditionKind",
    "Conversation",
    "ConversationAlert",
    "ConversationTag",
    "CountChange",
    "DayCount",
    "Direction",
    "Draft",
    "Event",
    "Feedback",
    "InboxSettings",
    "Job",
    "JobState",
    "Kind",
    "MailAs",
    "MailWhen",
    "Message",
    "Metric",
    "NoticeChoices",
    "Notification",
    "PolicyCondition",
    "Priority",
    "RawInbound",
    "RawState",
    "ReadMark",
    "ReplyKey",
    "RoutingRule",
    "RuleAction",
    "RuleCondition",
    "SavedReply",
    "SenderRole",
    "Sketch",
    "SlaPolicy",
    "SlaTarget",
    "Source",
    "Status",
    "StoredModel",
    "Surge",
    "SurgeMember",
    "SurgeState",
    "Tag",
    "Topic",
    "TopicSuggestion",
    "Unit",
    "WordReport",
    "Wording",
]
