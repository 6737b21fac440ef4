"""A check that keeps what it found, so that the next one knows what is new and which days nobody checked (section iii).

It is one transaction: two that are started at once go one after the other, and the second finds nothing new.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

from salesctl import __version__
from salesctl.agenda.rows import AgendaItem, AgendaRun
from salesctl.ledger.clerk import Clerk
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.agenda.digests import Digests
    from salesctl.agenda.ordered import Ordered
    from salesctl.desk import Desk, Due
    from salesctl.ledger.book import Reading, Transaction

VERB = "check.run"
QUIET = f"'{VERB}', 'mail.try', 'mail.sent', 'mail.failed'"  # after these nothing is due that was not before
HAPPENED = f"SELECT 1 FROM journal WHERE seq > :seen AND verb NOT IN ({QUIET}) LIMIT 1"
OPEN = "SELECT rule, subject, period, id, who FROM agenda_item WHERE closed_on IS NULL"
UNSENT = "SELECT subject FROM agenda_item WHERE closed_on IS NULL AND rule = 'mail' ORDER BY subject"
WAITING = "SELECT number FROM letter WHERE sent_at IS NULL AND dropped_at IS NULL AND created_at"
ON_ITS_WAY = timedelta(minutes=10)  # a letter that young may be in another process's hands: it is no news yet

Key = tuple[str, str, str]


class Checked(Record):
    """What a check found."""

    listed: list[Due] | Ordered  # overdue first; empty where nothing had happened since the last check of the day
    news: list[Due]  # what no check before had found, or had found to be somebody else's
    missed: list[date]  # the working days since the last check on which there was none
    digests: Digests | None = None  # the letters of the day, where they were asked for
    is_kept: bool = False


def run(desk: Desk, *, is_new: bool, is_mailed: bool) -> Checked:
    """Check, and keep what was found.

    Args:
        desk: where; its day is today.
        is_new: only the news are wanted: nothing is asked again where nothing happened since the last check of the day.
        is_mailed: everybody who is named gets the letter of the day, unless they have it.
    """
    with desk.ledger.transaction(VERB, Clerk(desk)) as tx:
        last, seen = _last(tx), tx.value("SELECT max(seq) FROM journal") or 0
        if is_new and last and _is_settled(tx, desk, last, is_mailed=is_mailed):
            return Checked([], [], [])
        kept = _kept(tx)
        found = _found(tx, desk, last, kept)
        if is_mailed:
            found = found.but(digests=_written(tx, desk, found))
        opened, closed = _keep(tx, desk, found, kept)
        tx.add(
            AgendaRun(
                checked_on=desk.today,
                seen=seen,
                asked=fingerprint(),
                is_mailed=is_mailed,
                opened=opened,
                closed=closed,
            )
        )
        tx.about = desk.today.isoformat()
    return found.but(is_kept=True)


def rehearsed(desk: Desk, *, is_mailed: bool) -> Checked:
    """What a check would find on the business day, compared with what the last one found; nothing is written."""
    with desk.ledger.reading() as view:
        found = _found(view, desk, _last(view), _kept(view))
        if not is_mailed:
            return found
        from salesctl.agenda import digests

        return found.but(digests=digests.digests(view, desk, found.listed, found.news))


def looked(desk: Desk) -> Checked:
    """All that is due on the business day, and how long nobody has kept a check; nothing is written."""
    from salesctl.agenda.actions import due

    with desk.ledger.reading() as view:
        return Checked(due(desk), [], _missed(desk, _last(view)))


def fingerprint() -> str:
    """The program and the packs it brings: another answer may come from another one."""
    from salesctl.ledger import journal
    from salesctl.policy.policy import PACKS

    return journal.fingerprint(__version__ + (PACKS / "index.json").read_text("utf-8"))


def _is_settled(view: Reading, desk: Desk, last: AgendaRun, *, is_mailed: bool) -> bool:
    """Whether the last check was today and nothing that could be due, or be due no more, happened after it."""
    return (
        last.checked_on == desk.today
        and last.asked == fingerprint()
        and (last.is_mailed or not is_mailed)
        and view.value(HAPPENED, seen=last.seen) is None
        and view.select(UNSENT) == view.select(f"{WAITING} <= :since ORDER BY number", since=desk.now - ON_ITS_WAY)
    )


def _kept(view: Reading) -> dict[Key, tuple[int, str]]:
    """What the last check left open: the id and who must act, by rule, subject and period."""
    return {(rule, subject, period): (key, who) for rule, subject, period, key, who in view.each(OPEN)}


def _found(view: Reading, desk: Desk, last: AgendaRun | None, kept: dict[Key, tuple[int, str]]) -> Checked:
    from salesctl.agenda.actions import due

    young = {number for (number,) in view.select(f"{WAITING} > :since", since=desk.now - ON_ITS_WAY)}
    listed = [one for one in due(desk) if one.rule != "mail" or one.subject not in young]
    unknown = (0, None)
    wanted = {one.key: one for one in listed}
    news = [one for key, one in wanted.items() if kept.get(key, unknown)[1] != one.who]
    return Checked(listed, news, _missed(desk, last))


def _keep(tx: Transaction, desk: Desk, found: Checked, kept: dict[Key, tuple[int, str]]) -> tuple[int, int]:
    """Close what no longer holds or is somebody else's now, open what is new; how many of each."""
    today = desk.today.isoformat()
    still = {one.key: one.who for one in found.listed} if kept else {}
    gone = [key for place, (key, who) in kept.items() if still.get(place) != who]
    opened = {one.key: one.who for one in found.news}
    tx.amend_many(AgendaItem, ("closed_on",), ((key, today) for key in gone))
    tx.add_many(AgendaItem, ((*place, who, today, None) for place, who in opened.items()))
    return len(opened), len(gone)


def _written(tx: Transaction, desk: Desk, found: Checked) -> Digests:
    from salesctl.agenda import digests

    made = digests.digests(tx, desk, found.listed, found.news)
    digests.enqueue(tx, made)
    return made


def _last(view: Reading) -> AgendaRun | None:
    rows = view.all(AgendaRun, "1 = 1 ORDER BY id DESC LIMIT 1")
    return rows[0] if rows else None


def _missed(desk: Desk, last: AgendaRun | None) -> list[date]:
    """The working days after the last check and before today; of another day nobody could say."""
    is_today = desk.today == desk.present_day
    if last is None or not is_today or desk.today - last.checked_on <= timedelta(days=1):
        return []
    from salesctl.policy.calendar import NoCalendar

    with suppress(NoCalendar):
        return desk.calendar.workdays(last.checked_on + timedelta(days=1), desk.today - timedelta(days=1))
    return []
