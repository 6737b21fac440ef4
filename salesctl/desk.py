"""The desk a command works at: who acts, when, under which regulation, on which ledger."""

from __future__ import annotations

import sys
from datetime import timedelta, timezone
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from salesctl.errors import N_, WRONG, Invalid, SalesctlError, SignFirst
from salesctl.ledger import adopted
from salesctl.ledger.book import Ledger
from salesctl.ledger.turns import LOCKS
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime, tzinfo

    from salesctl.ledger.book import Reading
    from salesctl.ledger.pens import Pen
    from salesctl.ledger.place import Place
    from salesctl.policy.calendar import Calendar
    from salesctl.policy.policy import Policy


UNSETTLED = ("ledger.init", "ledger.restore")  # what is written before a ledger's settings can be asked
SHANGHAI = "Asia/Shanghai"
HAS_MANAGER = "SELECT 1 FROM standing WHERE aspect = 'grade' AND value = 'general_manager'"  # no longer being set up
FIRST = "people.login"  # what may be written in nobody's name while nobody can be known


def zone_of(name: str) -> tzinfo:
    """A time zone. Shanghai has kept one offset since 1992, and a ledger keeps no instant before that."""
    if name == SHANGHAI:
        return timezone(timedelta(hours=8), SHANGHAI)
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid(value=name, what=N_("a time zone"), example=SHANGHAI) from None


class Actor(Record):
    """The person who acts."""

    id: int
    code: str
    name: str


class NobodyActs(SalesctlError):
    """A command that somebody must answer for, and nobody is named."""

    code, status = "desk.nobody", WRONG
    says = N_("Who are you? This command is recorded in somebody's name.")
    hint = N_("Say --as PERSON, set SALESCTL_AS, or have your login bound: salesctl people login PERSON LOGIN.")


class UnknownLogin(SalesctlError):
    """A ledger that believes logins, and a login that is bound to nobody in it."""

    code, status = "desk.unknown-login", WRONG
    says = N_("The login {login!r} is bound to nobody in this ledger, which believes logins alone.")
    hint = N_(
        "A general manager, hr or administration binds it: salesctl people login PERSON {login}. "
        "While nobody has a login, whoever is there binds the first, which is that of one of these."
    )


class NotAsked(SalesctlError):
    """A step that asks first, where nobody can answer."""

    code, status = "desk.not-asked", WRONG
    says = N_("This step asks before it acts, and there is no terminal to ask at.")
    hint = N_("Add --yes if it is meant.")


class Declined(SalesctlError):
    """The person said no."""

    code, status = "desk.declined", WRONG
    says = N_("Nothing was written.")


class Wishes(Record):
    """What one run was asked for, options before environment before settings before defaults."""

    ledger: Place
    acting: str = ""
    on: str = ""
    form: str = ""
    output: str = ""
    request_id: str = ""
    is_dry_run: bool = False
    is_sure: bool = False
    mail: Mapping[str, Any] = {}  # the table [mail] of the settings
    company: Mapping[str, Any] = {}  # the table [company]
    settings_file: Path = Path()
    key: Path = Path()  # the file of the key whoever acts signs with


class Due(Record):
    """Something that is due or overdue; `salesctl check` lists what the nouns' `due` answer."""

    rule: str  # T-1, of the timed obligations; `mail` for a letter that did not go
    clause: str
    subject: str  # the number or code of what it is about
    who: str  # who must act: code and name with commas between them, or the slug of a grade
    due_on: date
    state: str  # due, overdue
    says: str  # what is to be done: English, from the catalogue; `facts` fill it
    facts: Mapping[str, object]
    period: str = ""  # tells it from the same duty at another time; the day it is due on, where nothing is said

    @property
    def key(self) -> tuple[str, str, str]:
        """Rule, subject and period: the same situation has the same whenever it is asked about."""
        return self.rule, self.subject, self.period or self.due_on.isoformat()

    @property
    def id(self) -> str:
        """The key in one line, such as `T-10 R-5 2012-05-14`."""
        return " ".join(self.key)

    def said(self, word: Callable[[str], str] = str) -> str:
        """What is to be done; `word` puts the text and the words that fill it into another language."""
        facts = {name: word(fact) if isinstance(fact, str) else fact for name, fact in self.facts.items()}
        return word(self.says).format(**facts)


class Desk:
    """All a command may know of the world outside, looked up when it is first needed."""

    def __init__(
        self,
        wishes: Wishes,
        now: datetime,
        clock: str,
        login: str,
        asked: str = "",
        identify: Callable[[Reading, Desk], Actor | None] | None = None,
    ) -> None:
        self.wishes, self.now, self.clock, self.asked = wishes, now, clock, asked
        self.read_at = monotonic()  # when `now` was read: whoever waits in line writes later than that
        self._login = login
        self._identify = identify
        self.ledger = Ledger(wishes.ledger)
        self.receipts: list[str] = []
        self._earlier: dict[tuple[int, ...], Policy] = {}  # the packs by which what was asked for earlier is decided
        self.pen: Pen | None = None  # signs what this desk decides, where decisions are signed
        self.has_agreed = False  # whether somebody was asked, and said yes

    @property
    def form(self) -> str:
        """The output format wished for."""
        return self.wishes.form

    @property
    def output(self) -> str:
        """The output file wished for."""
        return self.wishes.output

    @property
    def caution(self) -> str:
        """What every answer carries besides, such as that the ledger was restored and not confirmed."""
        from salesctl.console.caution import said

        return said()

    @property
    def request_id(self) -> str | None:
        """The id that makes a retry harmless."""
        return self.wishes.request_id or None

    @property
    def is_dry_run(self) -> bool:
        """Whether everything is undone at the end."""
        return self.wishes.is_dry_run

    @cached_property
    def settings(self) -> dict[str, str]:
        """What was fixed when the ledger was made; nothing before that."""
        if not self.ledger.is_there:
            return {}
        with self.ledger.reading() as view:
            return dict(view.select("SELECT name, value FROM setting"))

    @cached_property
    def login(self) -> str:
        """The login of this process; in a ledger that goes by it, the login of the server's session.

        A ledger that believed the operating system while it was a file believes the session on a server: there the
        machine is whoever's it is.
        """
        is_served = self._believed == "os" and self.ledger.file is None
        if self._believed != "database" and not is_served:
            return self._login
        with self.ledger.reading() as view:
            return str(view.engine.session_user(view))

    @property
    def believes_logins(self) -> bool:
        """Whether the login alone says who acts: the operating system's, or that of the server's session."""
        return self._believed in ("os", "database")

    @property
    def proves_people(self) -> bool:
        """Whether somebody's power rests on more than a name: on a login, or on a key."""
        return self.believes_logins or self.settings.get("identity") == "key"

    @property
    def _believed(self) -> str:
        """What says who acts; where decisions are signed, what said it before then still does for all else."""
        return self.settings.get("logins") or self.settings.get("identity", "")

    @cached_property
    def zone(self) -> tzinfo:
        """The ledger's time zone."""
        return zone_of(self.settings.get("zone", SHANGHAI))

    @cached_property
    def today(self) -> date:
        """The business day: `--on`, else the day it is in the ledger's zone."""
        if not self.wishes.on:
            return self.present_day
        from salesctl.console.inputs import parse_day

        return parse_day(self.wishes.on, self.present_day)

    @property
    def present_day(self) -> date:
        """The day it really is in the ledger's zone; `--on` does not move it."""
        return self.now.astimezone(self.zone).date()

    @property
    def other_day(self) -> str:
        """The business day, where `--on` makes it another than that of the entry; else empty."""
        return self.today.isoformat() if self.wishes.on and self.today != self.present_day else ""

    def end_of(self, day: date) -> datetime:
        """The first instant after a day of the ledger's zone."""
        from datetime import datetime, time

        return datetime.combine(day + timedelta(days=1), time(), self.zone)

    @property
    def folder(self) -> Path:
        """Where files go that lie beside the ledger: its folder, or the working one where a server keeps it."""
        return Path.cwd() if self.ledger.file is None else self.ledger.file.parent

    def spare(self, output: str) -> None:
        """Refuse to write an answer over the ledger itself, under whatever name it is reached.

        Raises:
            Invalid: it would be.
        """
        ledger = self.ledger.file
        if output in ("", "-") or ledger is None:
            return
        for kept in (ledger, *(Path(f"{ledger}{lock}") for lock in (*LOCKS, ".mail.lock"))):
            if kept.exists() and Path(output).exists() and kept.samefile(output):
                raise Invalid(value=output, what=N_("a file for an answer: it is the ledger"), example="answer.csv")

    def expect_day(self) -> None:
        """Refuse a business day that cannot be meant before anything is done."""
        if self.wishes.on:
            _day = self.today

    @cached_property
    def actor(self) -> Actor | None:
        """Who acts, or None where nobody is named and the login is bound to nobody."""
        if self._identify is None:
            return None
        with self.ledger.reading() as view:
            return self._identify(view, self)

    @property
    def somebody(self) -> Actor:
        """Who acts.

        Raises:
            NobodyActs: nobody is named.
            UnknownLogin: the ledger believes logins, and this one is nobody's.
        """
        if self.actor is None:
            raise self._nobody()
        return self.actor

    def _nobody(self) -> SalesctlError:
        return UnknownLogin(login=self.login) if self.believes_logins else NobodyActs()

    @property
    def actor_code(self) -> str | None:
        """The acting person's code, for the journal."""
        return self.actor.code if self.actor else None

    @cached_property
    def policy(self) -> Policy:
        """The shipped packs and those the company adopted."""
        if not self.ledger.is_there:
            return _policy([])
        with self.ledger.reading() as view:
            return _policy(adopted.packs(view, adopted.holding(view)))

    def policy_at(self, view: Reading, moment: datetime) -> Policy:
        """The packs as the company had adopted them by a moment: later figures decide nothing asked for before."""
        held = adopted.holding(view, moment)
        if held == adopted.holding(view):
            return self.policy
        if held not in self._earlier:
            self._earlier[held] = _policy(adopted.packs(view, held))
        return self._earlier[held]

    @property
    def packs_digest(self) -> str:
        """The packs this run asked; empty where it asked none."""
        asked = [*([self.policy] if "policy" in self.__dict__ else []), *self._earlier.values()]
        return "+".join(sorted({digest for policy in asked for digest in policy.digest.split("+") if digest}))

    @cached_property
    def calendar(self) -> Calendar:
        """The working days."""
        from salesctl.policy.calendar import Calendar

        return Calendar()

    def expect_somebody(self, view: Reading) -> None:
        """From the first general manager on, every entry is in somebody's name; until then a department is set up.

        Where logins are believed and nobody has one yet, the first is bound by whoever is there.

        Raises:
            NobodyActs: nobody is named.
            UnknownLogin: the ledger believes logins, and this one is nobody's.
        """
        if self.actor is not None or not view.value(HAS_MANAGER):
            return
        is_first = getattr(view, "verb", "") == FIRST and not view.value("SELECT 1 FROM person_login")
        if not (self.believes_logins and is_first):
            raise self._nobody()

    def before_writing(self, verb: str) -> None:
        """Refuse to begin what has to be signed first.

        Raises:
            SignFirst: decisions are signed in this ledger, and nothing was made ready for it.
        """
        if self.pen or self.is_dry_run or verb in UNSETTLED or self.settings.get("identity") != "key":
            return
        from salesctl.ledger.signing import may_be_signed

        if may_be_signed(verb):
            raise SignFirst

    def signature(self, view: Reading, facts: Mapping[str, Any]) -> dict[str, Any] | None:
        """The signature of an entry, where it needs one."""
        return self.pen.signature(view, facts) if self.pen else None

    def keep_receipt(self, receipt: str) -> None:
        """Remember a receipt line; it is printed when the command is done."""
        self.receipts.append(receipt)

    @property
    def is_attended(self) -> bool:
        """Whether somebody is there to answer a question."""
        return sys.stdin is not None and sys.stdin.isatty()

    def confirm(self, question: str) -> None:
        """Ask before a step that changes much, unless the person is sure already.

        Raises:
            NotAsked: nobody is there to answer.
            Declined: the answer was no.
        """
        if self.wishes.is_sure or self.is_dry_run:
            return
        if not self.is_attended:
            raise NotAsked
        import typer

        if not typer.confirm(question, err=True):
            raise Declined
        self.has_agreed = True


def _policy(own: list[Any]) -> Policy:
    """The shipped packs, and some of the company's own on top of them."""
    from salesctl.policy.policy import Policy, shipped

    return Policy([*shipped(), *own])
