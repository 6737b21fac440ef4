"""Disputes that come in with receivables: whether, why, and from when until when a debt is contested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.inputs import one_line
from salesctl.console.intake import Field
from salesctl.errors import N_, WRONG, Invalid, SalesctlError
from salesctl.receivables.rows import Dispute
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.receivables.intake import Intake

FIELDS = (
    Field("disputed", ("争议", "是否争议", "有争议"), is_needed=False),
    Field("dispute_reason", ("争议原因", "争议说明"), is_needed=False),
    Field("disputed_from", ("争议开始", "争议开始日期", "争议日期"), is_needed=False),
    Field("disputed_until", ("争议结束", "争议结束日期"), is_needed=False),
)
YES = ("yes", "y", "true", "1", "是", "有", "√", "✓", "争议")
NO = ("", "no", "n", "false", "0", "否", "无", "×", "-")


class Contradicted(SalesctlError):
    """A row that says a debt is not contested, and why it is."""

    code = "import.dispute"
    says = N_("It says why the debt is disputed, and that it is not.")


class EndsBefore(SalesctlError):
    """A dispute that ended before it began."""

    code = "import.dispute-period"
    says = N_("It is contested until {until}, which is before {since}.")


class LacksDispute(SalesctlError):
    """A debt that came in earlier, without the dispute that the file knows of."""

    code, status = "import.no-dispute", WRONG
    says = N_("{number} is in the ledger without the dispute from {since}.")
    hint = N_("Record it: salesctl receivable dispute {number} --reason TEXT --date {since}")


class Contest(Record):
    """What a row says of the dispute about its debt."""

    since: str
    until: str | None
    reason: str

    def stored(self, receivable_id: int) -> tuple[object, ...]:
        """As a row of the ledger: how a dispute ended is, as far as the file knows, what it says of it."""
        return (receivable_id, self.since, self.until, self.reason, self.reason if self.until else "")


def contest(intake: Intake, line: int, cells: list[str], issued: str) -> Contest | None:
    """The dispute of a row, or None where there is none or something is wrong with it, which is noted.

    A reason or a period says that it is contested; where the flag says no, a period means nothing. Without a first day
    it is contested from the day it was issued; without a reason, the file and the line that say so stand for it.
    """
    flag, reason, since, until = cells
    said = intake.read(line, "disputed", flag, _flag) if flag else bool(reason or since or until)
    if said is None:
        return None
    if not said:
        if reason:
            intake.refuse(line, "disputed", Contradicted(), flag)
        return None
    why = intake.read(line, "dispute_reason", reason, one_line) if reason else f"{intake.sheet.about}, {line}: {flag}"
    first = intake.read(line, "disputed_from", since, intake.day) if since else issued
    last = intake.read(line, "disputed_until", until, intake.day) if until else None
    if not why or not first or (until and not last):
        return None
    if last and last < first:
        intake.refuse(line, "disputed_until", EndsBefore(until=last, since=first), until)
        return None
    return Contest(first, last, why)


def expect_known(intake: Intake, line: int, number: str, receivable_id: int, found: Contest) -> None:
    """Note as a fault that a debt which is in the ledger lacks the dispute: an import adds nothing to old rows."""
    if intake.tx.find(Dispute, receivable_id=receivable_id, from_on=found.since) is None:
        intake.refuse(line, "disputed", LacksDispute(number=number, since=found.since), found.reason)


def _flag(text: str) -> bool:
    """Whether a cell says yes.

    Raises:
        Invalid: it says neither yes nor no.
    """
    plain = text.casefold()
    if plain not in YES + NO:
        raise Invalid(value=text, what=N_("yes or no"), example="yes, no, 是, 否")
    return plain in YES
