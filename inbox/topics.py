"""Removing categories, which group topics and nothing else."""

from datetime import datetime

from django.db import transaction

from districts import audit
from districts.models import Membership
from inbox.models import Category
from inbox.policies import require_unnamed


@transaction.atomic
def remove_category(category: Category, *, by: Membership, at: datetime) -> None:
    """Remove a category; its topics stay, in none. One that promises name is kept."""
    require_unnamed(category)
    audit.write("removed", category, by=by, at=at, name=category.name)
    category.delete()
