"""Who a conversation is with: what they said of themselves, and whom we recognise."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models import DistrictForeignKey, DistrictOwned
from families.models import Guardian, Student
from inbox.models.choices import SenderRole


class WithSender(DistrictOwned):
    """The person on the other side, known to the district or not."""

    guardian = DistrictForeignKey(
        Guardian, null=True, blank=True, on_delete=models.PROTECT, related_name="conversations"
    )
    student = DistrictForeignKey(Student, null=True, blank=True, on_delete=models.PROTECT)
    student_name = models.CharField(max_length=120, blank=True)
    sender_role = models.CharField(
        max_length=12, choices=SenderRole.choices, default=SenderRole.GUARDIAN
    )
    sender_name = models.CharField(max_length=120, blank=True)
    sender_email = models.CharField(max_length=254, blank=True)
    sender_phone = models.CharField(max_length=40, blank=True)
    is_anonymous = models.BooleanField(default=False)
    language = models.CharField(max_length=12, default="en")

    class Meta(DistrictOwned.Meta):
        abstract = True

    @property
    def sender_label(self) -> str:
        """Return whom staff see as the sender: a name, an address, or that there is none."""
        if self.is_anonymous:
            return str(_("Anonymous"))
        return self.sender_name or self.sender_email or self.sender_phone or str(_("No name given"))
