"""Days and times as people type them: a small table of forms, never a guess."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo

from salesctl.errors import N_, Invalid
from salesctl.policy.units import nfkc, shown

NEAR = {"today": 0, "今天": 0, "yesterday": -1, "昨天": -1, "tomorrow": 1, "明天": 1}
WEEKDAYS = {
    name: number
    for number, names in enumerate(("一 mon", "二 tue", "三 wed", "四 thu", "五 fri", "六 sat", "日 sun"))
    for name in names.split()
} | {"天": 6}
WEEKS = {"上": -7, "": 0, "本": 0, "这": 0, "下": 7}
# Patterns are compiled when they are asked: most commands are typed without a day.
CHINESE_WEEKDAY = r"(上|下|本|这|)(?:周|星期)([一二三四五六日天])"
ISO = r"(\d{4})-(\d{1,2})-(\d{1,2})"
YEAR_FIRST = r"(\d{4})/(\d{1,2})/(\d{1,2})"  # as Excel writes it in China
DOTTED = r"(\d{4})\.(\d{1,2})\.(\d{1,2})"  # as it is written by hand in China
CHINESE = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
CLOCK = r"(\d{1,2}):(\d{2})(?::(\d{2}))?"
MOST_DIGITS = 15
EXAMPLE = N_("2026-11-22, 2026年11月22日, today, 周五, fri")


LONGEST_LINE = 500
LONGEST_REQUEST = 80  # as the journal keeps it


def one_line(text: str, longest: int = LONGEST_LINE) -> str:
    """A text of one line.

    Raises:
        Invalid: it is empty, too long, or has characters that are not printed.
    """
    plain = text.strip()
    if not plain or len(plain) > longest or not plain.isprintable():
        what = N_("one line of text, up to 500 characters")
        raise Invalid(value=shown(text), what=what, example=N_('"the customer has not paid"'))
    return plain


def expect_said(ledger: str | None, request_id: str | None) -> None:
    """Refuse an empty name, which is a variable nobody has set: another ledger, or a retry, would be written to.

    Raises:
        Invalid: one is empty; or a request id is longer than the journal keeps, or not printable.
    """
    if ledger is not None and not ledger.strip():
        raise Invalid(value=ledger, what=N_("a path"), example="--ledger ~/sales/ledger.db")
    if request_id is not None and not (0 < len(request_id.strip()) <= LONGEST_REQUEST and request_id.isprintable()):
        what = N_("a request id: one line, up to 80 characters")
        raise Invalid(value=shown(request_id), what=what, example="--request-id 2012-07-02-night")


FIRST_YEAR, LAST_YEAR = 1990, 2199  # what a ledger of today can be about; a slip of the finger lies outside


def parse_day(text: str, today: date) -> date:
    """A day: ISO, `2026年11月22日`, `today`, `昨天`, or a weekday of this week (`周五`, `fri`, `下周一`; K-7).

    Raises:
        Invalid: anything else, and days that do not exist.
    """
    plain = nfkc(text).strip().casefold()
    if plain in NEAR:
        return today + timedelta(days=NEAR[plain])
    monday = today - timedelta(days=today.weekday())
    if found := re.fullmatch(CHINESE_WEEKDAY, plain):
        return monday + timedelta(days=WEEKS[found[1]] + WEEKDAYS[found[2]])
    if plain.isascii() and plain in WEEKDAYS:
        return monday + timedelta(days=WEEKDAYS[plain])
    return parse_date(text)


def parse_date(text: str) -> date:
    """A day that is the same whenever it is read: ISO, `2026/11/22`, `2026.11.22` or `2026年11月22日`.

    Raises:
        Invalid: anything else, and days that do not exist.
    """
    plain = nfkc(text).strip()
    found = next(filter(None, (re.fullmatch(form, plain) for form in (ISO, YEAR_FIRST, CHINESE, DOTTED))), None)
    try:
        if found:
            return _believed(date(*map(int, found.groups())), text)
    except ValueError:
        pass
    raise Invalid(value=shown(text), what=N_("a day"), example=EXAMPLE)


def _believed(day: date, text: str) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Invalid(value=shown(text), what=N_("a day a ledger can be about"), example=EXAMPLE)
    return day


def parse_day_as(text: str, form: str) -> date:
    """A day of a file, in the form the file keeps, such as `%m/%d/%Y`."""
    try:
        return _believed(datetime.strptime(text.strip(), form).date(), text)  # noqa: DTZ007 - a day has no zone
    except (ValueError, re.error):  # a form that names a part of a day twice is no pattern
        raise Invalid(value=shown(text), what=N_("a day"), example=form) from None


def parse_moment(text: str, day: date, zone: tzinfo) -> datetime:
    """A time of day on `day`: `9:45`, `09:45:30`.

    Raises:
        Invalid: not a time of day.
    """
    found = re.fullmatch(CLOCK, nfkc(text).strip())
    try:
        if found:
            hour, minute, second = (int(part or 0) for part in found.groups())
            return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)
    except ValueError:
        pass
    raise Invalid(value=shown(text), what=N_("a time of day"), example="9:45")


def parse_count(text: str) -> int:
    """A whole number that is not negative: `1200000`, `1,200,000`.

    Raises:
        Invalid: anything else, and more than 15 digits.
    """
    plain = nfkc(text).strip().replace(",", "")
    if not (plain.isascii() and plain.isdigit() and len(plain) <= MOST_DIGITS):
        raise Invalid(value=shown(text), what=N_("a whole number"), example=N_("1200000, 1,200,000"))
    return int(plain)
