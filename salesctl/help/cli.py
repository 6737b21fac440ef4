"""`manual`: the pages shipped with the program, in the language of the run."""

import sys
from pathlib import Path
from shutil import get_terminal_size
from typing import Annotated

import typer

from salesctl.console import words
from salesctl.console.arguments import among
from salesctl.console.show import put, show
from salesctl.console.view import Column, View
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, WRONG, SalesctlError

app = typer.Typer()

FOLDER = Path(__file__).parent
SCRIPT = "verify_ledger.py"
PAGES = {
    "start": N_("From nothing to the first day: people, customers, files you have."),
    "requests": N_("Who decides, paying and confirming, letters, deputies."),
    "money": N_("What is owed, how old it is, bad debts, statements, reminders."),
    "handover": N_("Somebody leaves: papers, signatures, completion, losses."),
    "cron": N_("What is due, by cron or a timer; mail."),
    "keeping": N_("Backups, checkpoints, verification, restoring."),
    "keys": N_("Decisions signed with keys of one's own."),
    "postgres": N_("The same ledger on a server."),
    "security": N_("Who could want what, what stands against it, and what does not."),
    "errors": N_("Every error with its way out; a code alone shows that one."),
    SCRIPT: N_("The script that proves a ledger without the program; -o FILE keeps it."),
}
LISTED = (Column("page", N_("page")), Column("about", N_("what it is about")))


class NoPage(SalesctlError):
    """A page or an error code the manual does not have."""

    code, status = "manual.unknown", WRONG
    says = N_("The manual has no page or error code {value!r}.")
    hint = N_("The pages: {pages}.")


@app.command()
def manual(
    ctx: typer.Context,
    page: Annotated[
        str,
        typer.Argument(metavar="[PAGE]", help=_("A page, or the code of an error."), autocompletion=among(*PAGES)),
    ] = "",
) -> None:
    """Read the manual: its pages, one of them, or what an error's code means.

    Example: salesctl manual handover
    """
    desk: Desk = ctx.obj
    if not page:
        show(View(LISTED, [(name, _(about)) for name, about in PAGES.items()]), desk)
        return
    text = page_of(page) if page in PAGES else _error(page)
    if sys.stdout.isatty() and not desk.output:
        _leaf(text)
    else:
        put(text, desk.output)


def page_of(name: str) -> str:
    """The Markdown of a page in the language of this run; the script as it is."""
    if name == SCRIPT:
        return (FOLDER / name).read_text("utf-8")
    inside = words.language if words.language != "en" else ""
    return (FOLDER / inside / f"{name}.md").read_text("utf-8")


def _error(code: str) -> str:
    sections = page_of("errors").split("\n### ")[1:]
    found = next((section for section in sections if section.partition("\n")[0] == code), None)
    if found is None:
        raise NoPage(value=code, pages=", ".join(PAGES))
    alone, _next_noun, _rest = found.partition("\n## ")
    return f"### {alone.rstrip()}\n"


def _leaf(text: str) -> None:
    """A page on a terminal, as it is written; a screen at a time where it is longer than one."""
    if text.count("\n") < get_terminal_size().lines:
        put(text, "")
        return
    from pydoc import pager

    pager(text)
