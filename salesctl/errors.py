"""Errors a person at the desk can put right: a code, an exit status, a sentence, a way out."""

DONE, BUG, WRONG, BUSY, STORAGE, UNSOUND, UNSHOWN, REFUSED, DUE = 0, 1, 2, 3, 4, 5, 6, 7, 8


def N_(text: str) -> str:  # noqa: N802 - the field's name for "to be translated later"
    """Mark a text for the catalogue; it is translated where it is printed."""
    return text


class SalesctlError(Exception):
    """Something the person at the desk can put right; only `app.main` prints it.

    A subclass gives `says` and `hint` as English templates; `facts` fill them. A fact that is a
    list is printed below the sentence, one line each.
    """

    code, status = "error", BUG
    says, hint = "", ""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.says.format(**facts))


class SignFirst(Exception):
    """No error: a decision is about to be written that has to be signed, so the command is rehearsed first."""


class Bug(SalesctlError):
    """A mistake in the program itself; nothing of the command was written."""

    code, status = "bug", BUG
    says = N_("This is a mistake in salesctl, not yours: {kind}: {said}.")
    hint = N_("Report it with the command you typed; SALESCTL_TRACE=FILE keeps the details.")


class Invalid(SalesctlError):
    """A value that cannot be meant: `{value}` for `{what}`."""

    code, status = "input.invalid", WRONG
    says = N_("{value!r} is not {what}.")
    hint = N_("Write it like {example}.")


class Unknown(SalesctlError):
    """A name that leads to nothing; the nearest ones are shown."""

    code, status = "input.unknown", WRONG
    says = N_("There is no {what} {value!r}.")
    hint = N_("Did you mean: {candidates}? `{listing}` shows all.")

    def __init__(self, **facts: object) -> None:
        if facts.get("candidates") in ("", "-", None):
            self.hint = N_("`{listing}` shows all.")
        super().__init__(**facts)


class Ambiguous(SalesctlError):
    """A name that leads to several."""

    code, status = "input.ambiguous", WRONG
    says = N_("{value!r} could be more than one {what}: {candidates}.")
    hint = N_("Type the code, or more of the name.")


class Refused(SalesctlError):
    """A rule says no. The refusal was recorded; the exit status says so."""

    code, status = "rule.refused", REFUSED
    says = N_("Refused: {why}")
    hint = N_("{who} may decide it.")
