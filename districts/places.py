"""What happens to departments."""

from datetime import datetime

from django.db import transaction

from districts import audit
from districts.models import Department, Membership
from districts.signals import calendar_chosen, owners_changed


@transaction.atomic
def remove_department(department: Department, *, by: Membership, at: datetime) -> None:
    """Remove a department; what belonged to it stays. Raises ValidationError where a topic would
    be left without an owner.
    """
    audit.write("removed", department, by=by, at=at, name=department.name)
    had_hours = department.calendar_id is not None
    department.delete()
    if had_hours:
        said = {"place": None, "name": department.name, "by": by, "at": at}
        calendar_chosen.send(sender=Department, **said)
    owners_changed.send(sender=Department, by=by, at=at)
