"""Founding a district: its row, host, calendar, and its first administrator's invitation."""

import re
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from districts import audit, invitations
from districts.hosts import forget_hosts
from districts.invitations import Place
from districts.models import BusinessCalendar, District, DistrictHost, Role, WeeklySpan
from districts.scope import current_district_id
from districts.signals import district_created

LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"(?=.{{1,253}}$){LABEL}(?:\.{LABEL})*")
OPENS, CLOSES = 8 * 60, 16 * 60


@transaction.atomic
def found(*, name: str, slug: str, host: str, time_zone: str) -> District:
    """Create a district that answers on a host; raises ValidationError naming what is wrong."""
    host = host.strip().lower().rpartition("//")[2].partition("/")[0].partition(":")[0]
    if not HOST.fullmatch(host):
        raise ValidationError({"host": _("This is not a host name, such as fairview.example.org.")})
    if DistrictHost.objects.filter(host=host).exists():
        raise ValidationError({"host": _("Another district answers on this host.")})
    district = District(name=name, slug=slug, time_zone=time_zone)
    district.full_clean()
    district.save()
    DistrictHost.objects.create(district=district, host=host, is_primary=True)
    transaction.on_commit(forget_hosts)
    return district


@transaction.atomic
def furnish(*, admin_email: str, at: datetime) -> str:
    """Give the district in scope what it begins with; return its administrator's link."""
    district = District.objects.get(pk=current_district_id())
    calendar = BusinessCalendar.objects.create(
        name=_("Office hours"), time_zone=district.time_zone, is_default=True
    )
    for weekday in range(5):
        WeeklySpan.objects.create(
            calendar=calendar, weekday=weekday, opens_minute=OPENS, closes_minute=CLOSES
        )
    audit.write("created", "district", by=None, at=at, name=district.name)
    district_created.send(sender=District, district=district, at=at)
    _invitation, link = invitations.issue(admin_email, Place(Role.ADMINISTRATOR), by=None, at=at)
    return link
