"""The register as a person sees it at a terminal."""

from __future__ import annotations

import pytest

from tests.conftest import Office
from tests.customers.test_terminal import terminal

LIST = ("visit", "list", "--from", "2012-05-07")


@pytest.mark.parametrize(("on", "filed"), [("2012-05-08", " 08:30 "), ("2012-05-07", "2012-05-08 08:30")])
def test_an_entry_of_another_day_than_its_outing_shows_its_day(office: Office, on: str, filed: str) -> None:
    """K-8: the day of the outing and the moment of the entry are two things."""
    office.do(f"visit log 云帆 --as lin --on {on}", now="2012-05-08T08:30")
    with terminal(office, *LIST) as screen:
        screen.expect("state")
        screen.expect(filed)
        screen.expect("registered")
