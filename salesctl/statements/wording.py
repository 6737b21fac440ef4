"""What a reminder says: three tones of our own, or a person's own wording, with slots that the ledger fills."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.policy.units import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TONES = ("friendly", "firm", "final")
SLOTS = (
    "customer", "contact", "company", "number", "day", "amount", "count", "oldest", "by", "debts", "not_asked", "bank",
    "manager",
)  # fmt: skip
BLOCKS = ("debts", "not_asked", "bank")  # stand in lines of their own
LARGEST = 20_000  # characters of a wording
SUBJECTS = {
    "friendly": N_("A reminder of {amount} that is past due ({number})"),
    "firm": N_("Second reminder: {amount} is past due ({number})"),
    "final": N_("Final demand: {amount} is past due ({number})"),
}
WORDINGS = {
    "friendly": N_(
        "To {customer}, {contact}\n\n"
        "It may have escaped your notice that the following is past its due day, {amount} in all. We would be obliged "
        "if you paid it {by}. If the money is on its way already, please regard this letter as settled.\n\n"
        "{debts}\n\n{not_asked}\n\n{bank}\n\n"
        "Should anything be unclear, {manager} will gladly help.\n\n{company}\n{day}"
    ),
    "firm": N_(
        "To {customer}, {contact}\n\n"
        "In spite of our earlier requests the following is still not paid, {amount} in all, the oldest of it for "
        "{oldest} days. We ask you to pay it {by}, or to tell us in writing why you do not and when you will.\n\n"
        "{debts}\n\n{not_asked}\n\n{bank}\n\n"
        "Please write to {manager}.\n\n{company}\n{day}"
    ),
    "final": N_(
        "To {customer}, {contact}\n\n"
        "This is our final demand. {amount} is past due, the oldest of it for {oldest} days, and our requests have not "
        "been answered by payment. Unless all of it is received {by}, we shall pursue the claim by the means the "
        "contract and the law give us, and hold you liable for what that costs.\n\n"
        "{debts}\n\n{not_asked}\n\n{bank}\n\n"
        "{manager} is in charge of this matter.\n\n{company}\n{day}"
    ),
}


class UnknownSlot(SalesctlError):
    """A wording with a slot that nothing fills."""

    code, status = "reminder.slot", WRONG
    says = N_("The wording {file} has a slot {value!r}, which nothing fills.")
    hint = N_("The slots are: {slots}. A brace that is meant is typed twice: {{{{ and }}}}.")


class LacksDebts(SalesctlError):
    """A wording that does not say what is owed."""

    code, status = "reminder.no-debts", WRONG
    says = N_("The wording {file} has no slot for the debts.")
    hint = N_("Put {{debts}} on a line of its own.")


class Unreadable(SalesctlError):
    """A wording that cannot be read."""

    code, status = "reminder.wording", WRONG
    says = N_("The wording {file} cannot be read: {trouble}.")
    hint = N_("It is a text file in UTF-8 of at most 20,000 characters.")


def read(file: Path) -> str:
    """A person's own wording.

    Raises:
        Unreadable: it is no text, or too long.
        UnknownSlot, LacksDebts: it cannot be filled.
    """
    name = shown(file.name)
    try:
        with file.open(encoding="utf-8-sig") as opened:
            text = opened.read(LARGEST + 1)
    except UnicodeDecodeError:
        raise Unreadable(file=name, trouble=N_("its text is in another encoding")) from None
    except (OSError, ValueError) as error:
        raise Unreadable(file=name, trouble=getattr(error, "strerror", None) or str(error)) from None
    if len(text) > LARGEST or not text.strip():
        raise Unreadable(file=name, trouble=N_("it is empty or too long"))
    expect_slots(text, name)
    return text


def expect_slots(text: str, file: str) -> None:
    """Refuse a wording that has other slots than those there are, in whatever form.

    Raises:
        UnknownSlot, LacksDebts: with the slots there are.
    """
    try:
        slots = [
            (slot, form, conversion) for _text, slot, form, conversion in Formatter().parse(text) if slot is not None
        ]
    except ValueError as error:
        raise UnknownSlot(file=file, value=shown(str(error)), slots=", ".join(SLOTS)) from None
    for slot, form, conversion in slots:
        if slot not in SLOTS or form or conversion:
            raise UnknownSlot(file=file, value=shown(slot), slots=", ".join(SLOTS))
    if "debts" not in [slot for slot, _form, _conversion in slots]:
        raise LacksDebts(file=file)


def filled(text: str, values: Mapping[str, str]) -> list[str]:
    """The wording with its slots filled, cut at its blocks: texts, and the names of blocks between them.

    A value is never read as a wording again; a line that only held what is empty is left out.
    """
    parts, said = [], ""
    for literal, slot, _form, _conversion in Formatter().parse(text):
        said += literal
        if slot in BLOCKS:
            parts += [said, slot]
            said = ""
        elif slot is not None:
            said += values[slot]
    parts.append(said)
    return [part if part in BLOCKS else _closed(part) for part in parts if part.strip()]


def _closed(text: str) -> str:
    """A text without the empty lines at its ends, and with one between paragraphs, whatever blocks were empty."""
    kept: list[str] = []
    for line in text.strip("\n").splitlines():
        if line.strip() or (kept and kept[-1].strip()):
            kept.append(line.rstrip())
    return "\n".join(kept).strip("\n")
