"""A form as one XLSX page: laid out as the PDF is, amounts are numbers, text is never a formula."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from salesctl.console.values import width
from salesctl.console.workbook import SAFE
from salesctl.forms.capitals import capitals
from salesctl.forms.form import LEDGERS, Field, lines, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesctl.forms.form import Form, Signature

ACROSS = 12  # narrow columns: cells are merged over 2, 3, 4, 6 or all of them
COLUMN = 7  # the width of each, in characters
LINE = 15  # points
LABEL = 2  # columns of a label
A4 = 9
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
TEXT = {"font_name": "SimSun", "font_size": 10.5, "text_wrap": True, "valign": "vcenter", "align": "left"}
SMALL = {**TEXT, "font_size": 8, "font_color": "#5A5A5A"}
STYLES: dict[str, dict[str, Any]] = {
    "title": {**TEXT, "font_size": 18, "align": "center"},
    "subtitle": {**SMALL, "font_size": 10, "align": "center"},
    "line": TEXT,
    "right": {**TEXT, "align": "right"},
    "label": {**TEXT, "border": 1, "bg_color": "#F6F6F6"},
    "zh": TEXT,
    "en": SMALL,
    "text": {**TEXT, "border": 1},
    "money": {**TEXT, "border": 1, "num_format": '"¥"#,##0.00'},
    "price": {**TEXT, "border": 1, "num_format": '"¥"#,##0.00##'},
    "count": {**TEXT, "border": 1, "num_format": "#,##0"},
    "day": {**TEXT, "border": 1, "num_format": "yyyy-mm-dd"},
    "signer": {**TEXT, "top": 1, "left": 1, "right": 1},
    "name": {**TEXT, "left": 1, "right": 1, "align": "center", "font_size": 12},
    "signed": {**TEXT, "bottom": 1, "left": 1, "right": 1, "align": "right", "num_format": "yyyy-mm-dd"},
}


def page(form: Form) -> bytes:
    """The form as a workbook of one sheet; the same bytes each time."""
    import xlsxwriter

    made = BytesIO()
    with xlsxwriter.Workbook(made, {**SAFE, "constant_memory": False, "in_memory": True}) as book:
        book.set_properties({"title": tidy(form.zh), "created": datetime.combine(form.printed_on, time())})
        sheet = book.add_worksheet(NOT_IN_NAMES.sub("", tidy(form.zh))[:31])
        page = Page(sheet, {name: book.add_format(style) for name, style in STYLES.items()})
        page.head(form)
        for line in lines(form.body):
            page.fields(line)
        if form.amount is not None:
            page.amount(form.amount)
        page.fields([Field("备注", "Remarks", form.remarks)], least=3)
        page.skip()
        page.signatures(form.signatures)
        page.foot(form)
    return made.getvalue()


class Page:
    """A sheet that is filled from top to bottom."""

    def __init__(self, sheet: Any, styles: dict[str, Any]) -> None:
        self.sheet, self.styles, self.row = sheet, styles, 0
        sheet.set_column(0, ACROSS - 1, COLUMN)
        sheet.hide_gridlines(2)
        sheet.set_paper(A4)
        sheet.set_margins(left=0.7, right=0.7, top=0.8, bottom=0.8)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)

    def head(self, form: Form) -> None:
        """The title, and the line of company, day and number."""
        self.put(0, ACROSS, tidy(form.zh), "title")
        self.end(2)
        self.put(0, ACROSS, tidy(form.en), "subtitle")
        self.end(1)
        self.skip()
        asked_on = f"日期 Date {form.asked_on.isoformat()}    " if form.asked_on else ""
        self.put(0, ACROSS // 2, tidy(form.office), "line")
        self.put(ACROSS // 2, ACROSS // 2, f"{asked_on}编号 No. {tidy(form.number)}", "right")
        self.end(max(1, _lines(tidy(form.office), ACROSS // 2 * COLUMN)))

    def fields(self, line: Sequence[Field], least: int = 2) -> None:
        """One or two fields beside each other."""
        share = ACROSS // len(line)
        for place, field in enumerate(line):
            at, room = place * share, share - LABEL
            self.label(at, LABEL, field.zh, field.en, "label")
            self.put(at + LABEL, room, *_cell(field))
            least = max(least, _lines(field.said, room * COLUMN), 1 + _lines(field.en, LABEL * COLUMN * 4 // 3))
        self.end(least)

    def amount(self, fen: int) -> None:
        """The amount in figures, a number to calculate with, and in capitals."""
        self.label(0, LABEL, "金额（小写）", "In figures", "label")
        self.put(LABEL, ACROSS - LABEL, fen / 100, "money")  # exact to the fen below 2**53 fen
        self.end(2)
        self.fields([Field("金额（大写）", "In capitals", capitals(fen))])

    def signatures(self, signers: Sequence[Signature]) -> None:
        """Who signs: up to four beside each other, more in lines of three."""
        across = len(signers) if len(signers) <= 4 else 3
        for first in range(0, len(signers), max(across, 1)):
            self._signature_line(signers[first : first + across], ACROSS // across)
        if signers:
            self.put(0, ACROSS, LEDGERS, "en")
            self.end(1)

    def _signature_line(self, signers: Sequence[Signature], room: int) -> None:
        for place, one in enumerate(signers):
            self.label(place * room, room, one.zh, one.en, "signer")
        self.end(2)
        for place, one in enumerate(signers):
            self.put(place * room, room, tidy(one.name), "name")
        self.end(2)
        for place, one in enumerate(signers):
            self.put(place * room, room, one.on or "年      月      日", "signed")
        self.end(1)

    def foot(self, form: Form) -> None:
        """What the form rests on; below the paper, its number and the page."""
        self.put(0, ACROSS, form.foot, "en")
        self.end(1)
        number = tidy(form.number).replace("&", "&&")
        self.sheet.set_footer(f"&R&8 {number}   第 &P 页 共 &N 页  Page &P of &N")
        self.sheet.print_area(0, 0, self.row - 1, ACROSS - 1)

    def label(self, at: int, room: int, zh: str, en: str, style: str) -> None:
        """Both languages in one cell, the second small."""
        self._merge(at, room, style)
        self.sheet.write_rich_string(
            self.row, at, self.styles["zh"], zh, self.styles["en"], f"\n{en}", self.styles[style]
        )

    def put(self, at: int, room: int, value: str | float | date, style: str) -> None:
        """One value over several columns, as what it is."""
        self._merge(at, room, style)
        look = self.styles[style]
        if isinstance(value, str):
            self.sheet.write_string(self.row, at, value, look)
        elif isinstance(value, date):
            self.sheet.write_datetime(self.row, at, value, look)
        else:
            self.sheet.write_number(self.row, at, value, look)

    def skip(self) -> None:
        """Leave a little room."""
        self.sheet.set_row(self.row, LINE / 2)
        self.row += 1

    def end(self, lines: int) -> None:
        """Go to the next row; this one is so many lines high, for merged cells do not grow by themselves."""
        self.sheet.set_row(self.row, LINE * lines)
        self.row += 1

    def _merge(self, at: int, room: int, style: str) -> None:
        self.sheet.merge_range(self.row, at, self.row, at + room - 1, "", self.styles[style])


def _cell(field: Field) -> tuple[str | float | date, str]:
    value = field.value
    if isinstance(value, int):
        parts = {"money": 100, "price": 10_000}
        return (value / parts[field.kind], field.kind) if field.kind in parts else (value, "count")
    return (value, "day") if isinstance(value, date) else (field.said, "text")


def _lines(text: str, room: int) -> int:
    """How many lines a text takes in a room of so many characters."""
    return sum(1 + width(line) // room for line in text.split("\n"))
