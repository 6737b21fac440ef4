"""One try to send one letter: recorded before it begins and after it ended, by the program on a person's behalf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.failing import sentence
from salesctl.console.words import _
from salesctl.errors import N_, UNSHOWN, SalesctlError
from salesctl.ledger.clerk import Unsigned
from salesctl.mail import carriers, letters
from salesctl.mail.rows import Letter
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.mail.letters import Whole
    from salesctl.mail.settings import MailSettings

LONGEST_ERROR = 500


class Unrecorded(SalesctlError):
    """A letter that left, and nobody could write that down."""

    code, status = "mail.unrecorded", UNSHOWN
    says = N_("{number} has left, and that could not be recorded: {why}")
    hint = N_("It will go once more, as the same message with the same Message-ID; `salesctl mail show {number}`.")


class Result(Record):
    """What became of one try."""

    whole: Whole
    state: str  # sent, written, failed
    why: str = ""  # where it failed
    place: str = ""  # where it was written to
    is_for_all: bool = False  # the next letter would fail for the same reason

    def said(self) -> str:
        """One line about it."""
        texts = {
            "sent": _("{number} is sent to {to}."),
            "written": _("{number} is written to {place}; [mail] of salesctl.toml names no server."),
            "failed": _("{number} waits, it was not sent: {why}. Again: salesctl mail send {number}"),
        }
        to = ", ".join((*self.whole.of_kind("to"), *self.whole.of_kind("cc")))
        number, why = self.whole.letter.number, self.why.rstrip(".")
        return texts[self.state].format(number=number, to=to, place=self.place, why=why)


class Post(Unsigned):
    """Who writes the entries about a try: nobody has to be named for it, and a request id is for what was asked."""

    request_id = None
    is_dry_run = False

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.now, self.clock, self.login, self.asked = desk.now, desk.clock, desk.login, desk.asked
        self.packs_digest, self.actor_code, self.receipt = "", _actor(desk), ""

    def keep_receipt(self, receipt: str) -> None:
        """Remember the newest; only that of a result is printed."""
        self.receipt = receipt

    def expect_somebody(self, view: Reading) -> None:
        """Cron sends letters too."""

    def begin(self, key: int, pause: timedelta) -> Whole | None:
        """The letter, its try recorded; None where it went meanwhile, or was tried less than the pause ago."""
        with self.desk.ledger.transaction("mail.try", self) as tx:
            one = tx.one(Letter, id=key)
            if letters.is_settled(one) or _is_within(one.tried_at, tx.now, pause):
                return None
            tx.about = one.number
            return letters.whole(tx, tx.amend(one, tries=one.tries + 1, tried_at=tx.now, last_error=""))

    def carry(self, whole: Whole, settings: MailSettings) -> Result:
        """Let the message travel to those who did not get it yet, and record how that ended.

        Raises:
            Unrecorded: it left, and the ledger could not be written to.
        """
        from salesctl.mail.messages import message

        content = message(whole, settings, self.desk.zone, is_draft=not settings.host)
        try:
            if not settings.host:
                place = carriers.by_file(settings, content, whole.letter.number)
                return self._record(whole, Result(whole, "written", place=str(place)), {})
            refused = carriers.by_server(settings, content, [one.address for one in whole.left])
        except carriers.NotCarried as error:
            everybody = {one.address: error.why for one in whole.left}
            return self._record(whole, Result(whole, "failed", error.why, is_for_all=error.is_for_all), everybody)
        why = "; ".join(f"{address}: {said}" for address, said in refused.items())
        return self._record(whole, Result(whole, "failed" if refused else "sent", why), refused)

    def _record(self, whole: Whole, result: Result, refused: dict[str, str]) -> Result:
        how = {"sent": "smtp", "written": "file"}
        reached = [one for one in whole.left if one.address not in refused]
        try:
            with self.desk.ledger.transaction("mail.failed" if refused else "mail.sent", self) as tx:
                for one in reached:
                    tx.amend(one, accepted_at=tx.now)
                end = {"sent_at": tx.now, "sent_how": how[result.state]} if not refused else {}
                tx.amend(whole.letter, last_error=result.why[:LONGEST_ERROR], **end)
                tx.about = whole.letter.number
        except SalesctlError as error:
            if not reached:
                raise
            raise Unrecorded(number=whole.letter.number, why=sentence(error)) from error
        self.desk.keep_receipt(self.receipt)
        return result


def _actor(desk: Desk) -> str | None:
    """Who acts, where that is known: before anything is sent, because it cannot fail afterwards."""
    try:
        return desk.actor_code
    except SalesctlError:  # `check` asks nobody who they are
        return None


def _is_within(tried: datetime | None, now: datetime, pause: timedelta) -> bool:
    """Whether a try is that short ago; one that lies in the future says nothing."""
    return tried is not None and now - pause < tried <= now
