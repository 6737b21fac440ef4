"""Whether the outing register was filled in clearly and in time (A-1); pure."""

from __future__ import annotations

import unicodedata
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.outcome import Basis, Outcome

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.calendar import Calendar
    from salesctl.policy.policy import Policy

CHAPTER = "A.visits"
BREAKS = str.maketrans(dict.fromkeys("、,;/|+&:()。\"'“”‘’《》【】[]", " "))
WORDS = (N_("clear"), N_("unclear"))
NAMES_A_COMPANY = Basis(f"{CHAPTER}.filler_words", "A-1.2", "AMB-A1-a")
BEFORE_CLOSING = Basis(f"{CHAPTER}.close_of_business", "A-1.4", "AMB-A1-d")
BEFORE_LEAVING = Basis("", "A-1.1")  # no figure: the clause alone says it
UNFILLED = Basis("", "A-1.3", "AMB-A1-b")
IN_FORCE = Basis("", "A-1.5")
MANAGERS_ONLY = Basis("", "A-1.1", "AMB-A1-g")


def tokens(entry: str) -> list[str]:
    """The words of an entry, in its order: what spaces and punctuation set apart."""
    return unicodedata.normalize("NFKC", entry).translate(BREAKS).split()


def left_of(token: str, *, on: date, policy: Policy) -> str:
    """What is left of one word without filler words, places and persons: perhaps a company's name (AMB-A1-a).

    Filler words of one character count only where nothing else is left. Before A-1.1 took effect nothing is removed.
    """
    if not policy.binds("A-1.1", on):
        return token
    chapter = policy.on(on, CHAPTER)
    words = [*chapter.items("filler_words")[0], *chapter.items("place_names")[0]]
    if token.casefold() in words:
        return ""
    text = token
    for word in sorted(words, key=len, reverse=True):
        if len(word) > 1 and not word.isascii():
            text = text.replace(word, "")
    text = _without_person(text, chapter.items("person_titles")[0], chapter.items("surnames")[0])
    return "" if set(text) <= set(words) else text


def after_filler(token: str, *, on: date, policy: Policy) -> str:
    """One word without the filler words it begins with: `见客户北京云帆` leads to `北京云帆`."""
    if not policy.binds("A-1.1", on):
        return token
    words = policy.on(on, CHAPTER).items("filler_words")[0]
    while word := max((word for word in words if token.startswith(word)), key=len, default=""):
        token = token.removeprefix(word)
    return token


def _without_person(text: str, titles: list[str], surnames: list[str]) -> str:
    """`云帆张总` without `张总`; a title of one character makes a person only after a surname: not `北京化工`."""
    if text[:1] in ("老", "小") and text[1:] in surnames:
        return ""
    title = next((title for title in titles if text.endswith(title)), "")
    if not title:
        return text
    name = text.removesuffix(title)
    for size in (1, 2, 3):
        end = name[-size:]
        if end in surnames or (len(title) > 1 and end.startswith(tuple(surnames))):
            return name.removesuffix(end)
    return name if len(title) > 1 else text


def clarity(entry: str, is_registered: bool = False, *, on: date, policy: Policy) -> Outcome:  # noqa: FBT001
    """Whether an entry names a company (A-1.2, A-1.3).

    Args:
        entry: the text as written.
        is_registered: whether one of its words leads to a customer of the register.
        on: the day of the outing.
        policy: the packs that bind the person.

    Returns:
        `clear`, or `unclear`: then it counts as not filled in. A company that is not in the register is clear when
        a word of it keeps at least the Han characters or the letters the pack asks for (AMB-A1-a). Before A-1.1
        took effect every entry is clear.
    """
    if is_registered:
        registered = Outcome("clear", unit="word")
        return registered.step(N_("names a customer of the register"), entry, "text", NAMES_A_COMPANY)
    if not policy.binds("A-1.1", on):
        before = Outcome("clear", unit="word")
        return before.step(N_("the day of the outing"), on, "day", IN_FORCE, note=N_("before the first day"))
    chapter = policy.on(on, CHAPTER)
    (han, han_basis), (letters, letters_basis) = chapter.figure("least_han"), chapter.figure("least_letters")
    left = [word for token in tokens(entry) if (word := left_of(token, on=on, policy=policy))]
    is_clear = any(_count(word, is_han=True) >= han or _count(word, is_han=False) >= letters for word in left)
    outcome = Outcome("clear" if is_clear else "unclear", unit="word").step(N_("as written"), entry)
    outcome = outcome.step(
        N_("without filler words, places and persons"), " ".join(left) or "-", "text", *_lists(policy, on)
    )
    return (
        outcome.step(N_("Han characters a name needs"), han, "count", han_basis)
        .step(N_("or letters"), letters, "count", letters_basis)
        .step(N_("names a company"), is_clear, "word", NAMES_A_COMPANY)
    )


def _lists(policy: Policy, on: date) -> tuple[Basis, ...]:
    chapter = policy.on(on, CHAPTER)
    return tuple(chapter.items(entry)[1] for entry in ("filler_words", "place_names", "person_titles", "surnames"))


def _count(word: str, *, is_han: bool) -> int:
    return sum(c.isalpha() and unicodedata.name(c, "").startswith("CJK") is is_han for c in word)


def standing(
    filed_at: datetime | None = None,
    named_at: datetime | None = None,
    left_at: datetime | None = None,
    *,
    on: date,
    policy: Policy,
) -> Outcome:
    """How an outing from the office stands in the register (A-1.1, A-1.3).

    Args:
        filed_at: when the register was first filled in; none if it was not.
        named_at: when it first named a company; none if it does not.
        left_at: the departure; none while still in the office. Given to the minute it stands for that whole minute.
        on: the day of the outing.
        policy: the packs that bind the person.

    Returns:
        `valid`, `missing`, `unclear` or `late`; `no_duty` before A-1.1 took effect. An entry at the instant of the
        departure is in time (K-13: an ordering). One that named no company on departure is unclear, whatever was
        added on the road. What is written after the day of the outing was written after its departure (K-8).
    """
    if not policy.binds("A-1.1", on):
        return Outcome("no_duty", unit="word").step(N_("the day of the outing"), on, "day", IN_FORCE)
    limit = (N_("left"), left_at, end_of(left_at))
    if left_at is None and (over := _end_of_day(on, filed_at, named_at)):
        limit = (N_("the day of the outing ended at"), over, over)
    return _judged(filed_at, named_at, limit, BEFORE_LEAVING)


def direct_standing(
    filed_at: datetime | None = None,
    named_at: datetime | None = None,
    *,
    on: date,
    policy: Policy,
    calendar: Calendar,
) -> Outcome:
    """How a visit straight from home stands in the register (A-1.4, A-1.3).

    Args:
        filed_at: when the register was filled in, in the ledger's zone; none if it was not.
        named_at: when it first named a company; none if it does not.
        on: the day of the visit.
        policy: the packs that bind the person.
        calendar: the working days; the entry is due on the last one before the visit (AMB-A1-d).

    Returns:
        `valid`, `missing`, `unclear` or `late`; `no_duty` where the deadline lies before A-1.4 took effect (K-9).
        The instant of closing is late (K-13).

    Raises:
        Unset: the company has not set its close of business (AMB-A1-e).
        NoCalendar: the year's working days are not known.
    """
    due = calendar.workday_before(on)
    if not policy.binds("A-1.4", due):
        outcome = Outcome("no_duty", unit="word").step(N_("the day of the visit"), on, "day")
        return outcome.step(N_("the entry was due on"), due, "day", BEFORE_CLOSING, IN_FORCE)
    closing, basis = closing_time(due, policy=policy)
    deadline = datetime.combine(due, closing, filed_at.tzinfo if filed_at else None)
    judged = _judged(filed_at, named_at, (N_("due before"), deadline, deadline - timedelta.resolution), BEFORE_CLOSING)
    # The days before the visit are walked back to its last working day; the latest of them may be unannounced (K-6).
    note = calendar.note(on - timedelta(days=1))
    judged = judged.step(N_("the entry was due on"), due, "day", BEFORE_CLOSING, note=note)
    return judged.step(N_("close of business"), f"{closing:%H:%M}", "text", basis)


def closing_time(day: date, *, policy: Policy) -> tuple[time, Basis]:
    """When business closes on a day.

    Raises:
        Unset: the company has not said so.
    """
    text, basis = policy.on(day, CHAPTER).text("close_of_business")
    return time.fromisoformat(text), basis


def decider(*, on: date, policy: Policy) -> Outcome:
    """The lowest grade that may confirm or overrule an absence (A-1.3).

    Args:
        on: the day of the decision.
        policy: the packs; `A.visits.decider`.

    Returns:
        A grade.

    Raises:
        NotInForce: `on` comes before article 1 took effect.
    """
    grade, basis = policy.on(on, CHAPTER).text("decider")
    return Outcome(grade, unit="grade").step(N_("decides"), grade, "grade", basis)


def end_of(left_at: datetime | None) -> datetime | None:
    """The last instant a departure stands for: of the whole minute where it was typed to the minute."""
    if left_at is None or left_at.second or left_at.microsecond:
        return left_at
    return left_at + timedelta(minutes=1) - timedelta.resolution


def _end_of_day(on: date, *written: datetime | None) -> datetime | None:
    """The end of an outing's day, where something was only written after it."""
    last = max(filter(None, written), default=None)
    return datetime.combine(on, time.max, last.tzinfo) if last and last.date() > on else None


def _judged(
    filed_at: datetime | None,
    named_at: datetime | None,
    limit: tuple[str, datetime | None, datetime | None],
    duty: Basis,
) -> Outcome:
    name, said, last = limit
    in_time = last is None or (filed_at is not None and filed_at <= last)
    if filed_at is None:
        answer = "missing"
    elif named_at is None or (in_time and last is not None and named_at > last):
        answer = "unclear"
    else:
        answer = "valid" if in_time else "late"
    rests = (duty,) if answer == "valid" else (UNFILLED, duty)
    outcome = Outcome(answer, unit="word").step(N_("filed"), filed_at, "time")
    if filed_at:
        outcome = outcome.step(N_("company named at"), named_at, "time", NAMES_A_COMPANY)
    outcome = outcome.step(name, said, "time", duty)
    return outcome.step(N_("standing"), answer, "word", *rests)
