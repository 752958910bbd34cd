"""Where a request came from: nobody may say so but the proxies that we put in front of us."""

import pytest
from django.test import RequestFactory

from districts.origin import client_address, network_of


def address(*, proxies=0, settings, **meta):
    settings.TRUSTED_PROXIES = proxies
    return client_address(RequestFactory().get("/", **meta))


def test_without_a_proxy_the_header_is_not_believed(settings):
    found = address(settings=settings, REMOTE_ADDR="198.51.100.7", HTTP_X_FORWARDED_FOR="1.2.3.4")
    assert found == "198.51.100.7"


@pytest.mark.parametrize(
    ("proxies", "header", "found"),
    [
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "6.6.6.6, 198.51.100.7", "198.51.100.7"),
        (2, "6.6.6.6, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "10.0.0.1", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "[2001:db8::7]:4711", "2001:db8::7"),
        (1, "198.51.100.7:4711", "198.51.100.7"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
        (1, "fe80::1%eth0", "fe80::1"),
        (1, "not an address", ""),
    ],
)
def test_behind_proxies_the_entry_they_added_counts(settings, proxies, header, found):
    said = address(
        settings=settings, proxies=proxies, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=header
    )
    assert said == found


@pytest.mark.parametrize(
    ("one", "network"),
    [("198.51.100.7", "198.51.100.0/24"), ("2001:db8::7", "2001:db8::/64"), ("", "")],
)
def test_a_network_is_a_24_or_a_64(one, network):
    assert network_of(one) == network
