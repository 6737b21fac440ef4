"""`check`: what is due or overdue, for cron and for people (T-1, T-2, T-6, T-7, T-10, T-32)."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salesctl.agenda import runs
from salesctl.console.show import form_of, say, show
from salesctl.console.view import Column, View
from salesctl.console.words import _
from salesctl.desk import Desk, Due
from salesctl.errors import DUE, N_, WRONG, SalesctlError
from salesctl.mail.sending import deliver
from salesctl.rulebook.keeping import weekly

if TYPE_CHECKING:
    from salesctl.agenda.digests import Digests
    from salesctl.agenda.ordered import Ordered

app = typer.Typer()

WORDS = (N_("due"), N_("overdue"))
COLUMNS = (
    Column("rule", N_("rule")),
    Column("clause", N_("clause")),
    Column("subject", N_("about")),
    Column("who", N_("who")),
    Column("due_on", N_("due on"), "day"),
    Column("state", N_("state"), "word"),
    Column("says", N_("what")),
)
PLAIN = (Column("id", N_("id")), *COLUMNS)  # for programs: the id stays while the situation does
MISSED = N_("Nobody checked on {count} working days, since {day}; what fell due meanwhile is in the list.")
MISSED_ONE = N_("Nobody checked on {day}, a working day; what fell due meanwhile is in the list.")


class OneAnswer(SalesctlError):
    """A calendar of coming dates, and a check that is kept, in one."""

    code, status = "check.one-answer", WRONG
    says = N_("A calendar is an answer of its own: --ics goes with neither --new nor --mail.")
    hint = N_("Run `salesctl check` twice.")


@app.command()
def check(
    ctx: typer.Context,
    new: Annotated[
        bool, typer.Option("--new", help=_("Only what no check with --new or --mail has found before; keep it."))
    ] = False,
    mail: Annotated[bool, typer.Option("--mail", help=_("One letter a day to everybody who must act."))] = False,
    fail_on_due: Annotated[
        bool, typer.Option("--fail-on-due", help=_("Exit with status 8 when anything is listed."))
    ] = False,
    ics: Annotated[
        str, typer.Option("--ics", metavar="FILE", help=_("Write the coming dates as a calendar (RFC 5545) instead."))
    ] = "",
    days: Annotated[
        int, typer.Option("--days", min=1, max=366, metavar="N", help=_("How many days the calendar reaches."))
    ] = 30,
) -> None:
    """List what is due or overdue, one line each with its clause; letters that wait are sent first.

    Looking keeps nothing, however often. With --new or --mail the check is kept, so that the next one knows what is
    new; with --dry-run or a question about another day nothing is written at all.

    Example: salesctl check --new --mail --fail-on-due
    """
    desk: Desk = ctx.obj
    if ics:
        if new or mail:
            raise OneAnswer
        _write_calendar(desk, ics, days)
        return
    is_today = desk.today == desk.present_day
    if is_today:
        deliver(desk)
    found = _found(desk, is_new=new, is_mailed=mail)
    listed = found.news if new else found.listed
    _show(desk, listed)
    _say_missed(found.missed)
    if found.digests:
        _say_digests(found.digests, is_kept=found.is_kept)
    is_noted = mail and is_today and not desk.is_dry_run and weekly(desk)
    if is_noted or (found.digests and found.is_kept and found.digests.drafts):
        deliver(desk)
    if not listed:
        say((_("Nothing new is due on {day}.") if new else _("Nothing is due on {day}.")).format(day=desk.today))
    elif fail_on_due:
        raise typer.Exit(DUE)


def _found(desk: Desk, *, is_new: bool, is_mailed: bool) -> runs.Checked:
    if not (is_new or is_mailed):
        return runs.looked(desk)
    if desk.is_dry_run or desk.today != desk.present_day:
        return runs.rehearsed(desk, is_mailed=is_mailed)
    return runs.run(desk, is_new=is_new, is_mailed=is_mailed)


def _show(desk: Desk, listed: "list[Due] | Ordered") -> None:
    form = form_of(desk.form, desk.output)
    is_plain = form in ("json", "csv")
    if listed or form != "table":
        show(View(PLAIN if is_plain else COLUMNS, _rows(listed, is_plain=is_plain)), desk)


def _rows(listed: "list[Due] | Ordered", *, is_plain: bool) -> Iterator[tuple[object, ...]]:
    """A line for each; what programs read is never translated."""
    if is_plain:
        for one in listed:
            yield (one.id, one.rule, one.clause, one.subject, one.who, one.due_on, one.state, one.said())
        return
    from salesctl.people.rules import NOBODY
    from salesctl.people.standings import STAFF_GRADES

    grades = {grade: _(grade.replace("_", " ")) for grade in (*STAFF_GRADES, NOBODY)}
    for one in listed:
        who = grades.get(one.who, one.who)
        yield (one.rule, one.clause, one.subject, who, one.due_on, one.state, one.said(_))


def _say_missed(missed: list[date]) -> None:
    if len(missed) == 1:
        say(_(MISSED_ONE).format(day=missed[0]))
    elif missed:
        say(_(MISSED).format(count=len(missed), day=missed[0]))


def _say_digests(made: "Digests", *, is_kept: bool) -> None:
    """Whom no letter reaches; and where nothing is written, to whom one would go."""
    for who, count in made.mute:
        text = _("No letter to {person}, whom {count} of these name: salesctl people email {code} ADDRESS")
        say(text.format(person=who.name, code=who.code, count=count))
    for grade, count in made.unheld:
        text = (
            _("No letter about {count} of these: nobody is {grade}.") if grade else _("{count} of these name nobody.")
        )
        say(text.format(count=count, grade=_(grade.replace("_", " "))))
    if not is_kept:
        for draft in made.drafts:
            to = ", ".join(one.name for one in (*draft.to, *draft.cc))
            say(_("A letter would go to {to}: {subject}").format(to=to, subject=draft.subject))


def _write_calendar(desk: Desk, file: str, days: int) -> None:
    from salesctl.agenda.coming import coming
    from salesctl.agenda.ics import calendar
    from salesctl.console.show import put

    desk.spare(file)
    dates = coming(desk, days)
    put(calendar(dates, desk.settings["ledger_id"], desk.now), file)
    say(_("{count} dates through {day}.").format(count=len(dates), day=dates[-1].day if dates else desk.today))
