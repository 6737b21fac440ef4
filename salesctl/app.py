"""The composition root: finds commands by name, opens the desk, and is the one place that prints errors."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesctl import __version__
from salesctl.console import caution, words
from salesctl.console.failing import (
    Closed,
    abandon_stderr,
    abandon_stdout,
    after_all,
    print_error,
    say_again,
    unprinted,
    unreachable,
    unshown,
)
from salesctl.console.show import say
from salesctl.console.words import _
from salesctl.errors import BUG, DONE, N_, STORAGE, UNSHOWN, WRONG, Bug, Invalid, SalesctlError, SignFirst

if TYPE_CHECKING:
    from collections.abc import Callable

    from salesctl.console.settings import Settings
    from salesctl.ledger.place import Place

NOUNS = {  # noun -> its module, its line in the help
    "visit": ("salesctl.visits.cli", N_("The outing register (A-1).")),
    "approve": ("salesctl.approvals.cli", N_("Requests and who decides them (A-4 to A-6).")),
    "commission": ("salesctl.commissions.cli", N_("Commission paid to the customer's side (A-6).")),
    "fine": ("salesctl.fines.cli", N_("Fines: proposed by rules, decided by people (K-10).")),
    "receivable": ("salesctl.receivables.cli", N_("What customers owe.")),
    "receipt": ("salesctl.receivables.receipts_cli", N_("Money received.")),
    "aging": ("salesctl.receivables.aging_cli", N_("How old the debts are (A-8).")),
    "baddebt": ("salesctl.bad_debts.cli", N_("Bad debts: put to management, decided by the board (A-8.3, A-8.4).")),
    "sales": ("salesctl.sales.cli", N_("Sales figures, with bad debts taken off (A-8.4).")),
    "handover": ("salesctl.handovers.cli", N_("A leaver's customers change hands (E).")),
    "departure": ("salesctl.departures.cli", N_("Who leaves: report, formalities, last pay (E-8, E-18).")),
    "sample": ("salesctl.samples.cli", N_("Samples placed at customers, and what they sell for (E-4a, E-19).")),
    "loss": ("salesctl.losses.cli", N_("Losses found in a handover, and who bears them (E-15 to E-20).")),
    "check": ("salesctl.agenda.cli", N_("What is due or overdue; for cron.")),
    "mail": ("salesctl.mail.cli", N_("Letters that go out, and whether they went.")),
    "why": ("salesctl.decisions.cli", N_("What was decided about a number, and why.")),
    "replay": ("salesctl.decisions.replay_cli", N_("Ask recorded decisions again; they must agree.")),
    "people": ("salesctl.people.cli", N_("Staff: grade, department, superior, regulation.")),
    "key": ("salesctl.keys.cli", N_("Keys that people sign their decisions with.")),
    "delegation": ("salesctl.people.delegation_cli", N_("Authority lent to a deputy for a time.")),
    "customer": ("salesctl.customers.cli", N_("Customers and who serves them.")),
    "customer form": ("salesctl.customer_forms.cli", N_("The information form of a new customer (E-7).")),
    "customer statement": ("salesctl.statements.statement_cli", N_("A customer's account over a period.")),
    "customer remind": ("salesctl.statements.remind_cli", N_("Reminders of what is past due.")),
    "contract": ("salesctl.contracts.cli", N_("Contracts.")),
    "import": ("salesctl.imports.cli", N_("What imports of every noun share.")),
    "import map": ("salesctl.imports.map_cli", N_("Which of a file's columns is which of ours, saved by name.")),
    "policy": ("salesctl.rulebook.cli", N_("What the regulations say.")),
    "ledger": ("salesctl.rulebook.ledger_cli", N_("Make, inspect and verify the ledger.")),
    "manual": ("salesctl.help.cli", N_("Pages to read: first steps, money, handovers, cron, keeping, errors.")),
}
SETTINGS = "salesctl.toml"
COMPLETING = "_SALESCTL_COMPLETE"  # set by the shell that asks what could follow


def main(argv: list[str] | None = None) -> None:
    """Run one command; the only place where an error becomes words and a status."""
    raise SystemExit(run(sys.argv[1:] if argv is None else argv))


def run(argv: list[str]) -> int:
    """Run one command and answer its exit status."""
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - closed by whoever started us
    sys.stdout = sys.stdout or Closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a GBK terminal must not lose an answer
    words.speak(_language(argv))
    if argv in (["--version"], ["-V"]):
        return _version()
    desks: list[Any] = []
    status = _answer(argv, desks)
    try:
        _say_receipts(desks)
        sys.stderr.flush()
    except OSError:  # a full or closed stderr changes nothing of what was done
        abandon_stderr()
    return status


def _version() -> int:
    try:
        sys.stdout.write(f"salesctl {__version__}\n")
        sys.stdout.flush()
    except OSError:
        abandon_stdout()
        return STORAGE
    return DONE


def _answer(argv: list[str], desks: list[Any]) -> int:
    _teach_typer()
    import typer

    from salesctl.console.options import house

    is_completing = COMPLETING in os.environ
    program = house(NOUNS, with_completion=is_completing or not argv or argv[0].startswith("-"))

    try:
        answer = program.main(
            argv, prog_name="salesctl", standalone_mode=False, obj=_working(desks), complete_var=COMPLETING
        )
    except SalesctlError as failed:
        error = after_all(failed, is_recorded=_is_recorded(desks))
        if error.status == UNSHOWN:
            return unshown(error, is_recorded=_is_recorded(desks))
        if error.code.endswith("repeated") and desks[0].form == "json":
            say_again(error)
        print_error(error)
        return error.status
    except SystemExit:  # the parser's way to say that whoever read its help has gone
        abandon_stdout()
        return DONE
    except typer.TyperException as error:
        return _misspelt(error)
    except typer.Abort:
        return 130
    except Exception as error:  # noqa: BLE001 - a person never sees a traceback
        return _bug(error, is_recorded=_is_recorded(desks))
    finally:
        for desk in desks:
            desk.ledger.close()
    return answer if isinstance(answer, int) else DONE


def _working(desks: list[Any]) -> Callable[..., Any]:
    """How a command is run at a desk of its own: once; where a decision has to be signed, as `presigned` does."""

    def open_desk(wishes: dict[str, Any], asked: str) -> Any:
        desks.append(_desk(wishes, asked))
        return desks[-1]

    def at_desk(wishes: dict[str, Any], asked: str, work: Callable[[Any], Any] = lambda desk: desk) -> Any:
        desk = open_desk(wishes, asked)
        try:
            return work(desk)
        except SignFirst:
            from salesctl.keys.presigning import presigned

            return presigned(desk, lambda other: open_desk({**wishes, **other}, asked), work)

    return at_desk


def _is_recorded(desks: list[Any]) -> bool:
    return any(desk.receipts for desk in desks)


def _desk(wishes: dict[str, Any], asked: str) -> Any:
    from salesctl.console.show import FORMATS, form_of
    from salesctl.desk import Desk, Wishes
    from salesctl.people.identity import identify

    settings = _settings()
    form = wishes.get("form") or ""
    if form and form not in FORMATS:
        raise Invalid(value=form, what=N_("an output format"), example=", ".join(FORMATS))
    lang = wishes.get("lang") or ""
    if lang and lang.replace("-", "_") not in words.LANGUAGES:
        raise Invalid(value=lang, what=N_("a language"), example=", ".join(words.LANGUAGES))
    form_of(form, wishes.get("output") or "")  # a workbook without a file is refused before anything is written
    if wishes.get("ledger") is not None or wishes.get("request_id") is not None:
        from salesctl.console.inputs import expect_said

        expect_said(wishes.get("ledger"), wishes.get("request_id"))
    wanted = Wishes(
        ledger=_place(wishes.get("ledger") or _ledger(settings)),
        acting=wishes.get("acting") or os.environ.get("SALESCTL_AS", "") or settings.values.get("as", ""),
        on=wishes.get("on") or os.environ.get("SALESCTL_ON", ""),
        form=form,
        output=wishes.get("output") or "",
        request_id=wishes.get("request_id") or "",
        is_dry_run=bool(wishes.get("dry_run")),
        is_sure=bool(wishes.get("yes")),
        mail=settings.tables.get("mail", {}),
        company=settings.tables.get("company", {}),
        settings_file=settings.file,
        key=_key(wishes.get("key") or os.environ.get("SALESCTL_KEY", ""), settings),
    )
    login = _login()
    now, clock = _clock()  # at once before the desk, which counts on from here while it waits in line
    desk = Desk(wanted, now, clock, login, asked, identify)
    caution.ask(lambda: _caution(desk))
    desk.expect_day()
    desk.spare(desk.output)
    return desk


def _caution(desk: Any) -> Any:
    """What every answer about this ledger carries besides; the journal's index answers most, that there is nothing."""
    if not desk.ledger.is_there:
        return None
    from salesctl.ledger.restored import unconfirmed

    with desk.ledger.reading() as view:
        waiting = unconfirmed(view)
    if not waiting:
        return None
    from salesctl.rulebook.confirming import caution as said

    return said(desk, waiting[0])


def _place(path: str) -> Place:
    from salesctl.ledger.place import place_of

    return place_of(path)


def _ledger(settings: Settings) -> str:
    home = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return os.environ.get("SALESCTL_LEDGER") or settings.values.get("ledger") or f"{home}/salesctl/ledger.db"


def _key(named: str, settings: Settings) -> Path:
    """The file of the person's key: the one named, else that of the settings, else the usual one."""
    from salesctl.ledger.place import file_of

    example = "~/.config/salesctl/key"
    if not named and (told := settings.values.get("key")):
        return settings.file.parent / file_of(told, example)
    return file_of(named, example) if named else _home() / "key"


def _home() -> Path:
    """The person's settings folder."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "salesctl"


def _settings() -> Settings:
    """`salesctl.toml` of this folder, else of the person's settings folder."""
    from salesctl.console.settings import read

    return read((Path(SETTINGS), _home() / SETTINGS), tables=("mail", "company"))


def _clock() -> tuple[datetime, str]:
    """The one clock of the program; `SALESCTL_NOW` is honoured for rehearsals, and every entry says so."""
    declared = os.environ.get("SALESCTL_NOW")
    if not declared:
        return datetime.now(UTC), "system"
    from salesctl.console.inputs import FIRST_YEAR, LAST_YEAR
    from salesctl.desk import SHANGHAI, zone_of

    with suppress(ValueError):
        moment = datetime.fromisoformat(declared)
        if FIRST_YEAR <= moment.year <= LAST_YEAR:
            return moment.replace(tzinfo=moment.tzinfo or zone_of(SHANGHAI)).astimezone(UTC), "declared"
    raise Invalid(value=declared, what="SALESCTL_NOW", example="2012-04-16T09:40:00+08:00")


def _login() -> str:
    """The login of the process's user, from the operating system and never from a variable."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else "?"


def _language(argv: list[str]) -> str:
    """`--lang` wherever it stands, then the environment: a language must be known before any help text is."""
    for place, word in enumerate(argv):
        if word.startswith("--lang="):
            return words.understood(word.removeprefix("--lang="))
        if word == "--lang" and place + 1 < len(argv):
            return words.understood(argv[place + 1])
    chosen = (os.environ.get(name) for name in ("SALESCTL_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    return words.understood(next(filter(None, chosen), ""))


def _teach_typer() -> None:
    """Typer reads its few translatable words while it is imported, from the domain `messages`."""
    import gettext

    gettext.bindtextdomain("messages", str(words.LOCALE))
    os.environ["LANGUAGE"] = words.language


def _misspelt(error: Any) -> int:
    """A command line that cannot be understood, in our words."""
    from salesctl.console.misspelt import explained

    if type(error).__name__ == "NoArgsIsHelpError":
        say(error.format_message())
        return WRONG
    print_error(explained(error))
    return WRONG


def _bug(error: Exception, *, is_recorded: bool) -> int:
    """A mistake of ours: said in one line; the trace goes where `SALESCTL_TRACE` names a file."""
    if isinstance(error, OSError) and (unseen := unprinted(error)):
        return unshown(unseen, is_recorded=is_recorded)
    temporary = os.environ.get("TMPDIR") or "/tmp"  # noqa: S108 - as Python looks for it
    refused = unreachable(error, temporary) if isinstance(error, OSError) else None
    if refused:  # the system's word about a path is no mistake
        known = after_all(refused, is_recorded=is_recorded)
        print_error(known)
        return known.status
    if trace := os.environ.get("SALESCTL_TRACE"):
        import traceback

        from salesctl.console.values import private

        with suppress(OSError), private(Path(trace)).open("a", encoding="utf-8") as file:
            traceback.print_exception(error, file=file)
    print_error(Bug(kind=type(error).__name__, said=str(error)))
    return UNSHOWN if is_recorded else BUG


def _say_receipts(desks: list[Any]) -> None:
    for desk in desks:
        for receipt in desk.receipts:
            sys.stderr.write(receipt + "\n")
        if desk.is_dry_run and desk.pen is None:  # one with a pen only rehearsed what was done then
            sys.stderr.write(_("Dry run: nothing was written.") + "\n")
