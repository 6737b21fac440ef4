"""An office with debts, receipts and everything that can happen to them."""

from __future__ import annotations

import pytest

from tests.conftest import BY, Office

STORY = (
    ("2012-03-10", "receivable log 云帆 30 --due 2011-09-10 --issued 2011-08-01 --number OLD"),
    ("2012-04-02", "receivable log 云帆 100 --due 2012-04-10 --number INV-1"),
    ("2012-04-03", "receivable log 云帆 50.50 --due 2012-05-10 --number INV-2"),
    ("2012-04-03", "receivable log 云帆 9 --due 2012-05-10 --number WRONG"),
    ("2012-04-04", "receivable cancel WRONG --reason 'typed twice' --yes --as gm"),
    ("2012-04-05", "receivable log 云帆 7 --due 2012-12-10 --number LATER"),
    ("2012-05-02", "receipt log 云帆 60 --to INV-1 --number B-1"),
    ("2012-05-02", "receipt log 云帆 90 --to INV-1 --overpayment --number B-2"),
    ("2012-05-03", "receipt refund B-2 10 --reason 'asked for it' --as gm"),
    ("2012-05-04", "receipt apply B-2 --to INV-2=25"),
    ("2012-05-05", "receivable dispute INV-2 --reason 少发两批"),
    ("2012-05-06", "receipt log 云帆 1 --to INV-2 --number B-3"),
    ("2012-05-07", "receipt reverse B-3 --reason 'another customer' --yes --as gm"),
    ("2012-05-10", "baddebt submit OLD --reason gone"),
    ("2012-05-11", "baddebt decide B-1 --approve --minutes 7 --as board"),
    ("2012-05-20", "receipt log 云帆 12 --to OLD --number B-4"),
)


@pytest.fixture
def traded(office: Office) -> Office:
    """A customer who paid, overpaid, got money back, contests a debt, and whose oldest debt was written off."""
    office.do(f"people add 董会 --grade board --alias board{BY}", now="2012-03-02T09:00")
    for day, line in STORY:
        office.do(line, now=f"{day}T09:00")
    return office
