"""What the doors add to a request, for those who read it."""

from django.http import HttpRequest

from districts.models import District, Membership


class DistrictRequest(HttpRequest):
    """A request on a district's host."""

    district: District
    member: Membership | None


class MemberRequest(DistrictRequest):
    """A request of somebody who logged in and belongs to the district."""

    member: Membership
