"""Rules are asked by name, with values as people write them."""

from __future__ import annotations

import inspect
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from salesctl.errors import Invalid, Unknown
from salesctl.policy.calendar import Calendar
from salesctl.policy.outcome import Outcome
from salesctl.policy.policy import Policy, shipped
from salesctl.record import Record
from salesctl.rulebook import asking
from salesctl.rulebook.asking import Missing, NotAskable, TooMuch, ask, parameters, rules

if TYPE_CHECKING:
    from salesctl.policy.units import Fen

DAY = date(2012, 5, 8)
POLICY, CALENDAR = Policy(shipped()), Calendar()


class Person(Record):
    grade: str
    is_closed: bool = False
    since: date | None = None


def everything(
    amount: Fen,
    count: int,
    is_new: bool,
    text: str,
    day: date,
    moment: datetime,
    clock: time,
    names: list[str],
    who: Person,
    maybe: date | None = None,
    *,
    on: date,
    policy: Policy,
    calendar: Calendar,
) -> Outcome:
    assert (on, policy, calendar) == (DAY, POLICY, CALENDAR)
    return Outcome((amount, count, is_new, text, day, moment, clock, names, who, maybe))


def untypeable(what: dict[str, int]) -> Outcome:
    return Outcome(what)


GIVEN = {
    "amount": "9,300.00",
    "count": "12",
    "is_new": "yes",
    "text": "云帆",
    "day": "2012-04-16",
    "moment": "2012-04-16 09:40:00",
    "clock": "18:00",
    "names": "it, web",
    "who.grade": "account_manager",
}


@pytest.fixture(autouse=True)
def _house_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    own = {"tests.everything": everything, "tests.untypeable": untypeable}
    known = {**rules(), **own}
    monkeypatch.setattr(asking, "rules", lambda: known)


def answer(**changes: str | None) -> tuple[object, ...]:
    given = {name: value for name, value in {**GIVEN, **changes}.items() if value is not None}
    value = ask("tests.everything", given, on=DAY, policy=POLICY, calendar=CALENDAR).value
    assert isinstance(value, tuple)
    return value


def test_every_kind_of_value_is_read_as_the_rule_wants_it() -> None:
    """Times are those of Shanghai; what the rule brings along is not asked for."""
    moment = datetime(2012, 4, 16, 9, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
    day, clock = date(2012, 4, 16), time(18)
    expected = (930_000, 12, True, "云帆", day, moment, clock, ["it", "web"], Person("account_manager"), None)
    assert answer() == expected


def test_what_may_be_lacking_may_be_given_or_left_empty() -> None:
    assert answer(maybe="2012-05-01")[-1] == date(2012, 5, 1)
    assert answer(maybe="")[-1] is None
    person = answer(**{"who.is_closed": "no", "who.since": "2012-05-01"})[-2]
    assert person == Person("account_manager", is_closed=False, since=date(2012, 5, 1))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("amount", "1e5"),
        ("count", "1_000"),
        ("count", "１２"),
        ("is_new", "maybe"),
        ("day", "20120416"),
        ("day", "2012-02-30"),
        ("moment", "yesterday"),
        ("clock", "25:00"),
    ],
)
def test_a_value_that_cannot_be_meant_is_named(name: str, value: str) -> None:
    with pytest.raises(Invalid) as error:
        answer(**{name: value})
    assert value in str(error.value.facts["value"])


def test_all_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(Missing) as error:
        answer(amount=None, **{"who.grade": None})
    assert error.value.facts["missing"] == "amount, who.grade"


def test_what_the_rule_does_not_take_is_named() -> None:
    with pytest.raises(TooMuch) as error:
        answer(colour="red", on="2012-01-01")
    assert error.value.facts["unknown"] == "colour, on"


def test_an_unknown_rule_is_named_with_its_neighbours() -> None:
    with pytest.raises(Unknown) as error:
        ask("approvals.aprover", {}, on=DAY, policy=POLICY, calendar=CALENDAR)
    assert "approvals.approver" in str(error.value.facts["candidates"])


def test_what_nobody_can_type_is_said_plainly() -> None:
    with pytest.raises(NotAskable):
        ask("tests.untypeable", {"what": "1"}, on=DAY, policy=POLICY, calendar=CALENDAR)


def test_a_rule_may_be_named_in_full() -> None:
    given = {"commission": "9300", "received": "186000"}
    short = ask("approvals.approver", given, on=DAY, policy=POLICY, calendar=CALENDAR)
    whole = ask("salesctl.approvals.rules:approver", given, on=DAY, policy=POLICY, calendar=CALENDAR)
    assert short.facts() == whole.facts()


def test_every_rule_of_the_house_can_be_asked() -> None:
    """No rule takes what cannot be written down."""
    for name, rule in rules().items():
        kinds = [str(p.annotation) for p in inspect.signature(rule).parameters.values() if p.name not in asking.BROUGHT]
        own = vars(inspect.getmodule(rule))
        for kind in kinds:
            many = asking.MANY.fullmatch(kind.removesuffix(" | None"))
            one = many[1] if many else kind.removesuffix(" | None")
            assert one in asking.READERS or hasattr(own.get(one), "fields"), (name, kind)
        assert parameters(rule) or "on" in inspect.signature(rule).parameters, name
