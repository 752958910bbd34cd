"""What tests of the inbox may ask for on top of the cast."""

import pytest

from districts.models import Team
from tests.builders import make_member, make_team
from tests.cast import Cast


@pytest.fixture
def safety(in_fairview: Cast) -> Team:
    """Return a team that alerts tell, with Sam Ortiz in it."""
    team = make_team("Safety")
    make_member("Sam Ortiz", team=team)
    return team
