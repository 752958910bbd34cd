"""Changing what a district is called and looks like."""

from copy import copy
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from districts import audit
from districts.hosts import forget_hosts
from districts.models import District, Membership

FIELDS = [
    "name",
    "phone",
    "email",
    "time_zone",
    "languages",
    "primary_color",
    "secondary_color",
    "embed_sites",
    "require_mfa",
]


@transaction.atomic
def change(
    district: District,
    said: dict[str, object],
    *,
    logo: "ContentFile[bytes] | None" = None,
    without_logo: bool = False,
    by: Membership,
    at: datetime,
) -> None:
    """Change a district's profile; ``said`` has a value for each of FIELDS that changes."""
    before, old = District.objects.get(pk=district.pk), district.logo.name
    for name, value in said.items():
        setattr(district, name, value)
    if logo is not None:
        district.logo.save(f"{district.pk}-{logo.name}", logo, save=False)
    elif without_logo:
        district.logo = ""
    district.save(update_fields=[*said, "logo"])
    _forget_file(district, old)
    changed = audit.changes(before, district, [*FIELDS, "logo"])
    audit.write("changed", district, by=by, at=at, name=district.name, changes=changed)
    transaction.on_commit(forget_hosts)


def _forget_file(district: District, name: str | None) -> None:
    """Delete the old logo's file once nothing refers to it any more."""
    if name and name != district.logo.name:
        storage = copy(district.logo.storage)
        transaction.on_commit(lambda: storage.delete(name))
