"""How a portfolio would be split between several receivers; nothing is written (E-4d, E-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.customers.actions import customer, customers_of
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.handovers import rules
from salesctl.handovers.actions import NotServed, SameParty
from salesctl.people.actions import line_of, person, still_here
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesctl.customers.rows import Customer
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.people.rows import Person
    from salesctl.policy.units import Fen

REST = ("rest", "其余")
OPEN = """SELECT customer_id, count(*), sum(open) FROM receivable WHERE open > 0 AND customer_id IN
    (SELECT customer_id FROM ownership WHERE person_id = :person AND from_on <= :day
    AND (until_on IS NULL OR until_on > :day)) GROUP BY customer_id"""


class Twice(SalesctlError):
    """A customer goes to one receiver."""

    code, status = "handover.split-twice", WRONG
    says = N_("{customer} would go to {first} and to {second}.")
    hint = N_("Name it once; `rest` is all that nobody else gets.")


class Part(Record):
    """What one receiver would get."""

    receiver: str  # code and name
    code: str
    supervisor: str  # code and name
    is_deviation: bool
    roles: list[str]
    customers: list[Customer]
    open: dict[int, tuple[int, Fen]]  # customer -> its open debts: how many, how much

    @property
    def amount(self) -> Fen:
        """All that is open of these customers."""
        return sum(self.open.get(one.key, (0, 0))[1] for one in self.customers)


class Split(Record):
    """A portfolio, shared out."""

    transferor: Person
    parts: list[Part]
    left: list[Customer]  # nobody gets them


def split(view: Reading, desk: Desk, transferor: str, wishes: Sequence[tuple[str, Sequence[str]]]) -> Split:
    """Which customers would go to which receiver on the business day, who would supervise and who takes part.

    Raises:
        SameParty, NotServed, Twice, NoSupervisor: what is wished cannot be started so.
    """
    day = desk.today
    leaver = still_here(person(view, transferor), day)
    served = {one.key: one for one in customers_of(view, leaver.key, day)}
    if not served:
        raise NotServed(person=leaver.name, person_code=leaver.code, customers=N_("anybody"), day=day)
    receivers = [still_here(person(view, who), day) for who, _names in wishes]
    if any(receiver.key == leaver.key for receiver in receivers):
        raise SameParty(person=leaver.name)
    wished = [(receiver, names) for receiver, (_who, names) in zip(receivers, wishes, strict=True)]
    given = _given(view, desk, leaver, list(served), wished)
    owing = {key: (count, amount) for key, count, amount in view.select(OPEN, person=leaver.key, day=day)}
    once = {receiver.key: receiver for receiver in receivers}
    shares = {key: [served[one] for one in served if one in given and given[one].key == key] for key in once}
    parts = [_part(view, desk, leaver, once[key], shares[key], owing) for key in once]
    return Split(leaver, parts, [one for key, one in served.items() if key not in given])


def _given(
    view: Reading, desk: Desk, leaver: Person, served: list[int], wished: list[tuple[Person, Sequence[str]]]
) -> dict[int, Person]:
    """Who gets which customer: those named first, then the rest."""
    given: dict[int, Person] = {}
    named = [(receiver, text) for receiver, names in wished for text in names]
    for receiver, text in named:
        if text.casefold() in REST:
            continue
        wanted = customer(view, text)
        if wanted.key not in served:
            of = {"person": leaver.name, "person_code": leaver.code}
            raise NotServed(**of, customers=wanted.name, day=desk.today)
        first = given.setdefault(wanted.key, receiver)
        if first.key != receiver.key:
            raise Twice(customer=wanted.name, first=first.name, second=receiver.name)
    rest = [receiver for receiver, text in named if text.casefold() in REST]
    for second in rest[1:]:
        raise Twice(customer=REST[0], first=rest[0].name, second=second.name)
    return given | {key: rest[0] for key in served if rest and key not in given}


def _part(
    view: Reading,
    desk: Desk,
    leaver: Person,
    receiver: Person,
    customers: list[Customer],
    owing: dict[int, tuple[int, Fen]],
) -> Part:
    lines = [line_of(view, one.key, desk.today) for one in (leaver, receiver)]
    codes = [[one.code for one in line] for line in lines]
    supervisor = str(rules.supervisor(*codes, on=desk.today, policy=desk.policy).value)
    name = next(one.name for one in lines[0] if one.code == supervisor)
    wanted = rules.demanded(rules.roles((one.channel for one in customers), on=desk.today, policy=desk.policy))
    return Part(
        receiver=f"{receiver.code} {receiver.name}",
        code=receiver.code,
        supervisor=f"{supervisor} {name}",
        is_deviation=codes[0][0] != codes[1][0],
        roles=list(wanted),
        customers=customers,
        open={one.key: owing[one.key] for one in customers if one.key in owing},
    )
