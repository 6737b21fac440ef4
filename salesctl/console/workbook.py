"""Write a view as an XLSX workbook: text stays text, amounts are numbers, memory does not grow with the rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from salesctl.console.values import clean, human, private
from salesctl.console.words import _

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

    from salesctl.console.view import Column, View

SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}
FOOT = 200  # characters; Excel takes 255 with what it adds


def write(view: View, path: Path, zone: tzinfo, caution: str = "") -> None:
    """Write the view to `path`; the file is its owner's alone. A caution gets a sheet, and the foot of each page."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(private(path)), SAFE) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bottom": 1})
        styles = {
            "money": book.add_format({"num_format": "#,##0.00"}),
            "price": book.add_format({"num_format": "#,##0.00##"}),
            "count": book.add_format({"num_format": "#,##0"}),
            "bar": book.add_format({"num_format": "0.0%"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        sheet.freeze_panes(1, 0)
        for number, column in enumerate(view.columns):
            sheet.set_column(number, number, 14 if column.kind != "text" else 22)
            sheet.write_string(0, number, _(column.heading), bold)
        last = 0
        for last, row in enumerate(view.rows, 1):
            for number, (column, value) in enumerate(zip(view.columns, row, strict=True)):
                _cell(sheet, (last, number), column, value, styles, zone)
        if view.total:
            for number, (column, value) in enumerate(zip(view.columns, view.total, strict=True)):
                _cell(sheet, (last + 1, number), column, value, styles, zone)
        sheet.autofilter(0, 0, last, len(view.columns) - 1)
        add_caution(book, sheet, caution)


def add_caution(book: Any, sheet: Any, caution: str) -> None:
    """What the workbook carries besides its table, where there is something."""
    if caution:
        sheet.set_footer("&L&8 " + caution.replace("&", "&&")[:FOOT])
        book.add_worksheet("!").write_string(0, 0, clean(caution))


def _cell(sheet: Any, at: tuple[int, int], column: Column, value: Any, styles: dict[str, Any], zone: tzinfo) -> None:
    style = styles.get(column.kind)
    if value is None or value == "":
        return
    if column.kind == "money":
        sheet.write_number(*at, value / 100, style)  # a workbook has no exact decimals; below 2**53 fen it is exact
    elif column.kind == "price":
        sheet.write_number(*at, value / 10_000, style)
    elif column.kind == "bar":
        sheet.write_number(*at, value / 1000, style)
    elif isinstance(value, bool):
        sheet.write_boolean(*at, value)
    elif isinstance(value, int):
        sheet.write_number(*at, value, style)
    elif isinstance(value, datetime):
        sheet.write_datetime(*at, value.astimezone(zone).replace(tzinfo=None), styles["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(*at, value, styles["day"])
    elif isinstance(value, list):
        sheet.write_string(*at, human(column, value, zone))
    else:
        text = human(column, value, zone) if column.kind == "word" else clean(str(value))
        sheet.write_string(*at, text)
