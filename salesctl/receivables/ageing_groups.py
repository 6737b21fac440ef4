"""Under which line of the ageing report a debt stands: its customer, and who served that customer on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.contracts.actions import contract
from salesctl.customers.actions import channel_of, customer
from salesctl.errors import N_, Unknown
from salesctl.people.actions import person
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from salesctl.ledger.book import Reading

GROUPS = ("customer", "manager", "department", "contract", "channel")
WORDS = (N_("customer"), N_("manager"), N_("department"), N_("contract"), N_("channel"))
NOBODY = "-"
LISTING = "salesctl aging report --by {by}"
MANAGER, DEPARTMENT = "coalesce(p.code || ' ' || p.name, '-')", "coalesce(d.value, '-')"
NAMES = {  # what names a line, in SQL; its first part alone may say which line is meant
    "customer": ("c.code", "c.name", MANAGER),
    "manager": (MANAGER, DEPARTMENT, "coalesce(g.value, '-')"),
    "department": (DEPARTMENT,),
    "contract": ("coalesce(k.number, '-')", "c.name", MANAGER),
    "channel": ("c.channel",),
}
# Of the customer `c`, on the day `:on`: who served it, and where that person stood then.
SERVED = (
    "LEFT JOIN ownership o ON o.customer_id = c.id AND o.from_on <= :on AND (o.until_on IS NULL OR o.until_on > :on) "
    "LEFT JOIN person p ON p.id = o.person_id "
    + " ".join(
        f"LEFT JOIN standing {name} ON {name}.person_id = p.id AND {name}.aspect = '{aspect}' "
        f"AND {name}.from_on <= :on AND ({name}.until_on IS NULL OR {name}.until_on > :on)"
        for name, aspect in (("d", "department"), ("g", "grade"))
    )
)


class Only(Record):
    """A condition that leaves the debts of one line."""

    where: str
    value: Any
    said: str  # the line as the report names it


def only(view: Reading, by: str, text: str) -> Only:
    """The line that is meant by a text: `-` is the line of those that have no manager, department or contract.

    Raises:
        Unknown: the ledger knows nothing of that name.
    """
    if text == NOBODY and by in ("manager", "department", "contract"):
        missing = {"manager": "p.id", "department": "d.value", "contract": "k.id"}[by]
        return Only(f"{missing} IS NULL AND :of IS NULL", None, NOBODY)
    if by == "manager":
        who = person(view, text)
        return Only("p.id = :of", who.key, f"{who.code} {who.name}")
    if by == "contract":
        signed = contract(view, text)
        return Only("k.id = :of", signed.key, signed.number)
    if by == "channel":
        return Only("c.channel = :of", channel_of(text), text)
    if by == "department":
        return Only("d.value = :of", _department(view, text), text)
    one = customer(view, text)
    return Only("c.id = :of", one.key, f"{one.code} {one.name}")


def _department(view: Reading, text: str) -> str:
    rows = view.select("SELECT DISTINCT value FROM standing WHERE aspect = 'department' ORDER BY value")
    known: Sequence[str] = [name for (name,) in rows]
    meant = [name for name in known if name == text] or [name for name in known if name.startswith(text)]
    if len(meant) != 1:
        raise Unknown(
            what=N_("department"),
            value=text[:60],
            candidates=", ".join(known[:5]),
            listing=LISTING.format(by="department"),
        )
    return meant[0]
