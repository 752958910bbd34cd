"""Count every district's days anew, from its conversations."""

from typing import Any

from django.core.management.base import BaseCommand

from districts.models import District
from districts.scope import district_scope
from inbox.day_counts import recount


class Command(BaseCommand):
    """For when a district's time zone has changed, or rows were restored from elsewhere."""

    help = "Count the conversations of each day anew; safe at any time, and as often as you like."

    def handle(self, *args: Any, **options: Any) -> None:
        for district in District.objects.order_by("name"):
            with district_scope(district.pk):
                recount()
            self.stdout.write(district.name)
