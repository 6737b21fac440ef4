"""Print a form to a file: PDF or XLSX, readable by its owner alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.show import NotShown
from salesctl.console.values import private
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.policy.units import shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from salesctl.forms.form import Form
    from salesctl.forms.paper import Paper


class NotAForm(SalesctlError):
    """A file of a kind forms are not printed to."""

    code, status = "forms.suffix", WRONG
    says = N_("A form cannot be printed to {value!r}.")
    hint = N_("Name a file that ends in .pdf or .xlsx.")


def printed(form: Form, path: Path) -> None:
    """Print the form to the file; nothing is left of it where the page cannot be made.

    The journal is the caller's: a noun that prints records it in a transaction of its own, with the verb
    `approve.print` and the document's number as what it is about. Make the page first, record, then keep it: so a
    page that cannot be made is never recorded, and one that is recorded but not written is said to be so::

        made = page(form, path)
        with desk.ledger.transaction("approve.print", desk) as tx:
            tx.record(..., about=form.number)
        keep(made, path)

    Raises:
        NotAForm: the file's suffix is neither .pdf nor .xlsx.
        NeedsExtra, NeedsFont, Undrawable: a PDF would not look as it should.
        NotShown: the file cannot be written.
    """
    keep(page(form, path), path)


def page(form: Form, path: Path) -> bytes:
    """The form in the format the file's suffix names; nothing is written.

    Raises:
        NotAForm, NeedsExtra, NeedsFont, Undrawable: as `printed`.
    """
    if _suffix(path) == ".pdf":
        from salesctl.forms import pdf

        return pdf.page(form)
    from salesctl.forms import workbook

    return workbook.page(form)


def paper_page(paper: Paper, path: Path) -> bytes:
    """A paper in the format the file's suffix names; nothing is written.

    Raises:
        NotAForm, NeedsExtra, NeedsFont, Undrawable: as `printed`.
    """
    return papers_page([paper], f"{paper.zh} {paper.number}", path)


def papers_page(papers: Sequence[Paper], title: str, path: Path) -> bytes:
    """A set of papers as one document: pages that follow each other, or a sheet for each.

    Raises:
        NotAForm, NeedsExtra, NeedsFont, Undrawable: as `printed`.
    """
    if _suffix(path) == ".pdf":
        from salesctl.forms import pdf

        return pdf.papers_page(papers, title)
    from salesctl.forms import paper_workbook

    return paper_workbook.page(papers, title)


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in (".pdf", ".xlsx"):
        raise NotAForm(value=shown(path.name))
    return suffix


def keep(page: bytes, path: Path) -> None:
    """Write a page to its file.

    Raises:
        NotShown: the file cannot be written.
    """
    try:
        private(path).write_bytes(page)
    except OSError as error:
        raise NotShown(trouble=error.strerror or str(error)) from error
