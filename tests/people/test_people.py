"""Staff: their standing is kept as dated intervals."""

from tests.conftest import Office


def test_a_promotion_leaves_what_was_before(office: Office) -> None:
    office.do("people promote lin account_director --from 2012-07-01")
    grades = {who["code"]: who["grade"] for who in office.ask("people list --as-of 2012-06-30")}
    assert grades["P003"] == "account_manager"
    grades = {who["code"]: who["grade"] for who in office.ask("people list --as-of 2012-07-01")}
    assert grades["P003"] == "account_director"
