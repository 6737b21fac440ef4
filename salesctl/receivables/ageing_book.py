"""The ageing report as a workbook that goes on reckoning: filter or correct a row, and totals and shares follow."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesctl.console.show import NotShown, say, wrote
from salesctl.console.values import clean, human, private
from salesctl.console.words import _
from salesctl.console.workbook import add_caution
from salesctl.errors import N_, WRONG, SalesctlError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesctl.console.view import View
    from salesctl.desk import Desk

SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}
WHOLE, FILTERED, HEADINGS, FIRST = 1, 2, 3, 4  # rows from 0; totals stand above, so that rows can be added below
MOST = 1_048_576  # rows of a sheet
FORMS = {"money": "#,##0.00", "bar": "0.0%", "day": "yyyy-mm-dd"}
UNITS = {"money": 100, "bar": 1000}  # fen of a yuan, thousandths of all
A4 = 9


class TooLong(SalesctlError):
    """More debts than a sheet has rows."""

    code, status = "aging.too-long", WRONG
    says = N_("A workbook holds {most} rows, and there are more.")
    hint = N_("Name one line with --of, or write CSV: -o FILE.csv.")


def show(view: View, desk: Desk) -> None:
    """Write the view to the file wished for.

    Raises:
        TooLong: it has more rows than a sheet.
        NotShown: the file cannot be written.
    """
    import xlsxwriter

    if (count := sum(1 for _row in view.rows)) > MOST - FIRST:
        raise TooLong(most=f"{MOST - FIRST:,}")
    try:
        with xlsxwriter.Workbook(str(private(Path(desk.output))), SAFE) as book:
            sheet = _Sheet(book, view, desk)
            sheet.write()
            add_caution(book, sheet.sheet, desk.caution)
    except OSError as error:
        raise NotShown(trouble=error.strerror or str(error)) from error
    for note in filter(None, (*view.notes, desk.caution)):
        say(note)
    wrote(desk.output, count)


class _Sheet:
    """The one sheet of the workbook, written from the top to the end."""

    def __init__(self, book: Any, view: View, desk: Desk) -> None:
        from xlsxwriter.utility import xl_col_to_name

        self.sheet, self._view, self._zone = book.add_worksheet(_("ageing")), view, desk.zone
        self._plain = {kind: book.add_format({"num_format": form}) for kind, form in FORMS.items()}
        self._bold = {kind: book.add_format({"num_format": form, "bold": True}) for kind, form in FORMS.items()}
        self._strong = book.add_format({"bold": True})
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._names = [xl_col_to_name(place) for place in range(len(view.columns))]
        self._money = [place for place, column in enumerate(view.columns) if column.kind == "money"]

    def write(self) -> None:
        """Title, totals, headings, and every row."""
        sheet, columns = self.sheet, self._view.columns
        sheet.write_string(0, 0, clean(self._view.title), self._strong)
        self._totals(WHOLE, _("total"), "SUM({range})")
        self._totals(FILTERED, _("of the rows shown"), "SUBTOTAL(109,{range})")
        for place, column in enumerate(columns):
            sheet.set_column(place, place, 24 if column.kind == "text" else 14)
            sheet.write_string(HEADINGS, place, _(column.heading), self._head)
        last = FIRST
        for last, row in enumerate(self._view.rows, FIRST):
            self._row(last, row)
        sheet.freeze_panes(FIRST, 1)
        sheet.autofilter(HEADINGS, 0, last, len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADINGS)

    def _totals(self, row: int, said: str, formula: str) -> None:
        self.sheet.write_string(row, 0, said, self._strong)
        sums = self._view.total or [0] * len(self._view.columns)
        for place, column in enumerate(self._view.columns):
            if column.kind in UNITS:
                reckoned = formula.format(range=f"{self._names[place]}{FIRST + 1}:{self._names[place]}{MOST}")
                value = sums[place] / UNITS[column.kind]
                self.sheet.write_formula(row, place, f"={reckoned}", self._bold[column.kind], value)

    def _row(self, row: int, values: Sequence[Any]) -> None:
        """One line; what it adds up to and its share of all are formulas, with the value of now for those who look."""
        sheet = self.sheet
        for place, (column, value) in enumerate(zip(self._view.columns, values, strict=True)):
            if value is None or value == "":
                continue
            style = self._plain.get(column.kind)
            if column.key == "total":
                first, end = self._names[self._money[0]], self._names[place - 1]
                sheet.write_formula(row, place, f"=SUM({first}{row + 1}:{end}{row + 1})", style, value / 100)
            elif column.kind == "bar":
                whole = self._names[place - 1]
                share = f"=IF({whole}${WHOLE + 1}=0,0,{whole}{row + 1}/{whole}${WHOLE + 1})"
                sheet.write_formula(row, place, share, style, value / 1000)
            elif column.kind == "money":
                sheet.write_number(row, place, value / 100, style)
            elif column.kind == "day":
                sheet.write_datetime(row, place, date.fromisoformat(str(value)), style)
            else:
                text = human(column, value, self._zone) if column.kind == "word" else clean(str(value))
                sheet.write_string(row, place, text)
