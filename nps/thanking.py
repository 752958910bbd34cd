"""Thanking promoters who agreed to be contacted: one letter each, when somebody here says so."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from districts.hosts import district_of
from districts.models import Membership
from families.models import ContactPoint
from families.outbound import Letter, queue_email
from nps.agreed import LOWEST_PROMOTER, agreed
from nps.models import Thanks
from surveys.audiences import Addresses
from surveys.models import Response

PURPOSE = "thanks"
BATCH = 500
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def to_thank() -> QuerySet[Response]:
    """Return the promoters who may be thanked and were not."""
    return agreed().filter(score__gte=LOWEST_PROMOTER, thanks__isnull=True)


@transaction.atomic
def thank(*, by: Membership, at: datetime) -> int:
    """Thank a batch of promoters; return how many letters were written.

    Who has no address, or wants no surveys any more, is passed over.
    """
    rows = to_thank().select_related("invitation").order_by("pk")
    batch = list(rows.select_for_update(of=("self",), skip_locked=True)[:BATCH])
    guardians = {one.pk: one.invitation.guardian_id for one in batch if one.invitation}
    known = Addresses([pk for pk in guardians.values() if pk is not None])
    written = 0
    for response in batch:
        pk = guardians.get(response.pk) or 0
        point = None if pk in known.refused else known.first.get(pk)
        if point is not None:
            _write(response, point, by=by, at=at)
            written += 1
    return written


def _write(response: Response, to: ContactPoint, *, by: Membership, at: datetime) -> None:
    district = district_of(response.district_id)
    offered = [*district.languages, "en"]
    language = response.language if response.language in offered else offered[0]
    with translation.override(language):
        subject = _("Thank you from %(district)s") % {"district": district.name}
        context = {
            "district": district,
            "subject": subject,
            "language": language,
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
            "author": by.name,
        }
        letter = Letter(
            key=f"{PURPOSE}:{response.pk}",
            purpose=PURPOSE,
            to_address=to.value,
            to_name=to.guardian.name,
            guardian=to.guardian,
            subject=subject,
            text=render_to_string("email/thanks.txt", context),
            html=render_to_string("email/thanks.html", context),
            language=language,
            headers=AUTOMATIC,
        )
    delivery = queue_email(letter, at=at)
    Thanks.objects.create(response=response, delivery=delivery, by=by, at=at)
