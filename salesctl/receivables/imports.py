"""Receivables from a file: every row checked, all of them or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salesctl.console.intake import Field
from salesctl.console.view import Column, View, record
from salesctl.contracts.actions import contract_numbered
from salesctl.errors import N_, SalesctlError, Unknown
from salesctl.policy.units import shown, yuan
from salesctl.receivables import contested
from salesctl.receivables.actions import (
    LONGEST,
    DueBeforeIssue,
    NotIssued,
    NumberTaken,
    OtherCustomer,
    checked_number,
)
from salesctl.receivables.intake import Cells, Intake, money
from salesctl.receivables.rows import Dispute, Receivable
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesctl.console.intake import Source
    from salesctl.desk import Desk
    from salesctl.receivables.contested import Contest

FIELDS = (
    Field("number", ("单号", "发票号", "发票号码", "invoice", "invoice number")),
    Field("customer", ("客户", "客户名称", "客户编号", "客户公司")),
    Field("amount", ("金额", "应收金额", "发票金额")),
    Field("issued", ("开票日期", "发票日期", "issued_on")),
    Field("due", ("应付款日期", "到期日", "付款到期日", "due_on")),
    Field("contract", ("合同编号", "合同号", "协议编号"), is_needed=False),
    *contested.FIELDS,
)
LEAST = len(FIELDS) - len(contested.FIELDS)  # most files say nothing of disputes
COLUMNS = ("number", "customer_id", "contract_id", "amount", "paid", "open", "issued_on", "due_on")  # of a new debt
LARGE = ("ix_receivable_open", "ix_receivable_due")  # built after the rows where there are more of them than before

Line = tuple[int, tuple[Any, ...]]  # its number in the file, and the row as the ledger keeps it


class TwiceInFile(SalesctlError):
    """A number that stands twice in one file."""

    code = "import.twice"
    says = N_("{value!r} stands in this file twice")


class Taken(Record):
    """What an import did."""

    rows: int
    skipped: int
    customers: int


def said(taken: Taken) -> View:
    """What an import did, as it is shown."""
    columns = (
        Column("taken", N_("taken in"), "count"),
        Column("skipped", N_("in the ledger already"), "count"),
        Column("customers", N_("new customers"), "count"),
    )
    return record(columns, taken)


def receivables(desk: Desk, source: Source, *, is_creating: bool = False) -> Taken:
    """Take in every row of a file, or none; rows that are in the ledger with the same content are left alone."""
    with desk.ledger.transaction("receivable.import", desk) as tx:
        intake = Intake(tx, desk, source, FIELDS, least=LEAST, is_creating=is_creating)
        rows, taken = _Rows(intake), 0
        with tx.rebuilding(*(LARGE if intake.size > tx.next_id(Receivable) else ())):
            for batch in intake.batches():
                fresh, first = rows.fresh(batch), tx.next_id(Receivable)
                taken += tx.add_many(Receivable, fresh, COLUMNS)
                tx.add_many(Dispute, rows.disputes(fresh, first))
            intake.sheet.expect_no_faults()
        return Taken(taken, intake.sheet.row_count - taken, intake.created)


class _Rows:
    """The file's rows as rows of the ledger."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self._contracts: dict[tuple[str, int], int | None] = {("", 0): None}
        self._contests: dict[str, Contest] = {}  # of the batch, by the number of the debt
        self._first = intake.tx.next_id(Receivable)

    def fresh(self, batch: list[Cells]) -> list[tuple[Any, ...]]:
        """The rows of a batch that are right and new, as stored values."""
        self._contests = {}
        right = list(self._right(batch))
        rows = dict(right)
        if len(rows) < len(right):
            self._refuse_repeated(right)
        for number, kept in self.intake.numbered(Receivable, list(rows)).items():
            line, row = rows.pop(number)
            if kept[0] >= self._first:
                self.intake.refuse(line, "number", TwiceInFile(value=number))
            elif (*kept[1:5], kept[7]) != (*row[:4], row[6]) or not self._is_due(kept, row[7]):
                self.intake.refuse(line, "number", NumberTaken(value=number, taken=self._said(kept)))
            elif number in self._contests:
                contested.expect_known(self.intake, line, number, kept[0], self._contests[number])
        return [row for _line, row in rows.values()]

    def disputes(self, fresh: list[tuple[Any, ...]], first: int) -> Iterator[tuple[object, ...]]:
        """The disputes about new debts, of which the first has this id, as stored values."""
        if self._contests:
            for receivable_id, row in enumerate(fresh, first):
                if row[0] in self._contests:
                    yield self._contests[row[0]].stored(receivable_id)

    def _is_due(self, kept: tuple[Any, ...], due: str) -> bool:
        """Whether a known debt is due on that day, or was when it came in and granted terms moved it since (A-5.2)."""
        query = "SELECT due_before FROM due_change WHERE receivable_id = :id ORDER BY changed_on, id LIMIT 1"
        known: str = kept[8]
        before: str | None = known if due == known else self.intake.tx.value(query, id=kept[0])
        return due == before

    def _right(self, batch: list[Cells]) -> Iterator[tuple[str, Line]]:
        """The rows that nothing is wrong with, each with its number before it; of the others it is noted what is."""
        intake, days, customers, today = self.intake, self.intake.days, self.intake.customers, self.intake.clock_day
        for line, cells in batch:
            number, customer, amount, issued, due, contract, *dispute = cells
            try:
                issued_on = days.get(issued) or intake.day(issued)
                due_on = days.get(due) or intake.day(due)
                fen = money(amount)
                customer_id = customers.get(customer) or intake.customer(customer)
                contract_id = self._contract(contract, customer_id) if contract else None
                if issued_on <= due_on and issued_on <= today and 0 < len(number) <= LONGEST and number.isprintable():
                    if any(dispute):
                        self._dispute(line, number, dispute, issued_on)
                    yield number, (line, (number, customer_id, contract_id, fen, 0, fen, issued_on, due_on))
                    continue
            except SalesctlError:
                pass
            self._explain(line, cells)

    def _refuse_repeated(self, right: list[tuple[str, Line]]) -> None:
        seen: set[str] = set()
        for number, (line, _row) in right:
            if number in seen:
                self.intake.refuse(line, "number", TwiceInFile(value=number))
            seen.add(number)

    def _explain(self, line: int, cells: list[str]) -> None:
        """Everything that is wrong with a row, cell by cell."""
        number, customer, amount, issued, due, contract, *dispute = cells
        read = self.intake.read
        read(line, "number", number, checked_number)
        customer_id = read(line, "customer", customer, self.intake.customer)
        read(line, "amount", amount, money)
        issued_on = read(line, "issued", issued, self.intake.day)
        due_on = read(line, "due", due, self.intake.day)
        if issued_on and issued_on > self.intake.clock_day:
            self.intake.refuse(line, "issued", NotIssued(day=issued_on), issued)
        if issued_on and due_on and due_on < issued_on:
            self.intake.refuse(line, "due", DueBeforeIssue(due=due_on, issued=issued_on), due)
        if customer_id and contract:
            read(line, "contract", contract, lambda text: self._contract(text, customer_id))
        if any(dispute) and issued_on:
            self._dispute(line, number, dispute, issued_on)

    def _dispute(self, line: int, number: str, cells: list[str], issued_on: str) -> None:
        if found := contested.contest(self.intake, line, cells, issued_on):
            self._contests[number] = found

    def _contract(self, number: str, customer_id: int) -> int | None:
        """The id of the customer's contract of that number; remembered."""
        known = self._contracts
        if (number, customer_id) not in known:
            contract = contract_numbered(self.intake.tx, number)
            if contract is None:
                raise Unknown(what=N_("contract"), value=shown(number))
            if contract.customer_id != customer_id:
                raise OtherCustomer(
                    number=shown(number),
                    owner=self.intake.name_of(contract.customer_id),
                    customer=self.intake.name_of(customer_id),
                )
            known[number, customer_id] = contract.key
        return known[number, customer_id]

    def _said(self, kept: tuple[Any, ...]) -> str:
        return f"{self.intake.name_of(kept[2])}, {yuan(kept[4])}, {kept[7]}, {kept[8]}"
