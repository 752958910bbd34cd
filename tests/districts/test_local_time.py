"""Pages say times as the district's clocks do."""

from django.http import HttpResponse
from django.utils import timezone

from districts.middleware import DistrictMiddleware
from districts.models import District


def test_a_request_runs_in_the_time_zone_of_its_district(rf, monkeypatch):
    district = District(pk=1, time_zone="America/Phoenix")
    monkeypatch.setattr("districts.middleware.district_for_host", lambda _host: district)

    def page(request):
        return HttpResponse(timezone.get_current_timezone_name())

    request = rf.get("/", headers={"host": "fairview.localhost"})
    assert DistrictMiddleware(page)(request).content == b"America/Phoenix"
    assert timezone.get_current_timezone_name() == "UTC"
