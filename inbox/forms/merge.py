"""Into which conversation another one is merged."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from inbox.merging import require_mergeable
from inbox.models import Conversation
from inbox.models.conversation import ConversationQuerySet


class MergeForm(forms.Form):
    """A number, of a conversation that the member may see."""

    into = forms.IntegerField(
        label=_("Number of the conversation that stays"), min_value=1, max_value=10**15
    )

    def __init__(
        self, *args: Any, source: Conversation, visible: ConversationQuerySet, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        self.visible = visible

    def clean_into(self) -> Conversation:
        """Return the conversation, or say why it cannot be that one."""
        found = self.visible.filter(number=self.cleaned_data["into"]).first()
        if found is None:
            raise ValidationError(_("There is no such conversation that you may see."))
        require_mergeable(self.source, found)
        return found
