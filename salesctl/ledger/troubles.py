"""What can go wrong with a ledger's storage, whatever engine keeps it."""

from __future__ import annotations

from salesctl.errors import BUSY, N_, STORAGE, WRONG, SalesctlError

WAIT = 30  # seconds a writer waits for its turn


class Missing(SalesctlError):
    """There is no ledger where one was expected."""

    code, status = "ledger.missing", STORAGE
    says = N_("There is no ledger at {path}.")
    hint = N_(
        "Name another with --ledger. If one was here, put a backup back: salesctl ledger restore FILE. "
        "A new one: salesctl ledger init"
    )


class Busy(SalesctlError):
    """Somebody else holds the ledger."""

    code, status = "ledger.busy", BUSY
    says = N_("Another program has held the ledger {path} for {seconds} seconds; nothing was written.")
    hint = N_("Try again; close database browsers that have it open.")


class Unusable(SalesctlError):
    """The file or its disk is in trouble."""

    code, status = "ledger.storage", STORAGE
    says = N_("The ledger {path} cannot be used: {trouble}. Nothing was written.")
    hint = N_("{way_out}")


class Conflict(SalesctlError):
    """A constraint of the ledger refuses the row."""

    code, status = "ledger.constraint", WRONG
    says = N_("The ledger refuses this row: {trouble}. Nothing was written.")
    hint = N_("Correct the value and try again.")


LOCK = (
    N_("the files beside it that keep the line of the writers (.line, .lock) cannot be written to"),
    N_("Ask for write permission on the folder and on them, or work under the login that keeps the ledger."),
)
TROUBLE = {  # by SQLite's own names: what it means and what to do
    "SQLITE_FULL": (N_("the disk is full"), N_("Free some space and try again.")),
    "SQLITE_IOERR": (N_("reading or writing failed"), N_("Look at the disk: full, removed, or limited?")),
    "SQLITE_READONLY": (N_("it is read-only"), N_("Ask for write permission on the file and its folder.")),
    "SQLITE_CANTOPEN": (N_("it cannot be opened"), N_("Look at the path and the permissions of file and folder.")),
    "SQLITE_PERM": (N_("access is denied"), N_("Ask for permission on the file.")),
    "SQLITE_AUTH": (N_("this step is not allowed in a ledger"), N_("Nothing is deleted here; reverse it instead.")),
    "SQLITE_NOTADB": (
        N_("it is not a ledger"),
        N_("Name the right file with --ledger. If this was one, put a backup back: salesctl ledger restore FILE"),
    ),
    "SQLITE_CORRUPT": (
        N_("it is damaged"),
        N_("Put the last backup back, which keeps this file beside it: salesctl ledger restore FILE"),
    ),
}
