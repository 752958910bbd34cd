"""What a machine already said, so that saying it again under the same key says it once."""

from django.db import models

from districts.models import ApiKey, DistrictForeignKey, DistrictOwned
from inbox.models.timeline import Message


class ReplyKey(DistrictOwned):
    """One Idempotency-Key of one API key, what was asked under it, and the reply it made."""

    api_key = DistrictForeignKey(ApiKey, on_delete=models.CASCADE, related_name="+", indexed=False)
    key = models.CharField(max_length=160)
    request_hash = models.CharField(max_length=64)
    message = DistrictForeignKey(
        Message, null=True, on_delete=models.CASCADE, related_name="reply_keys"
    )
    at = models.DateTimeField()

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["district", "api_key", "key"], name="reply_key_once")
        ]
