"""A set of papers with tables as one workbook, a sheet each: amounts are numbers, text is never a formula."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from salesctl.console.values import width
from salesctl.console.workbook import SAFE
from salesctl.forms.form import LEDGERS, tidy
from salesctl.forms.workbook import A4, LINE, NOT_IN_NAMES, STYLES

if TYPE_CHECKING:
    from salesctl.forms.form import Field
    from salesctl.forms.listing import Bundle, Heading, Listing

NARROW, WIDE = 12, 34  # the width of a column, in characters
LONGEST_NAME = 31  # of a sheet
SAMPLED = 200  # rows that say how wide a column must be
HEAD = {"bold": True, "bottom": 2, "text_wrap": True, "valign": "vcenter", "font_name": "SimSun", "font_size": 9}


def page(bundle: Bundle) -> bytes:
    """The papers as a workbook; the same bytes each time."""
    import xlsxwriter

    made = BytesIO()
    with xlsxwriter.Workbook(made, {**SAFE, "constant_memory": False, "in_memory": True}) as book:
        book.set_properties({"title": tidy(bundle.zh), "created": datetime.combine(bundle.printed_on, time())})
        styles = {name: book.add_format(style) for name, style in {**STYLES, "head": HEAD}.items()}
        for place, one in enumerate(bundle.listings, 1):
            name = f"{place} {NOT_IN_NAMES.sub('', tidy(one.zh))}"[:LONGEST_NAME]
            _Sheet(book.add_worksheet(name), styles).fill(bundle, one)
    return made.getvalue()


class _Sheet:
    """A sheet that is filled from top to bottom."""

    def __init__(self, sheet: Any, styles: dict[str, Any]) -> None:
        self.sheet, self.styles, self.row = sheet, styles, 0

    def fill(self, bundle: Bundle, one: Listing) -> None:
        across = max(len(one.headings), 3)
        self._page(one, across)
        self._line(across, f"{tidy(one.zh)}  {tidy(one.en)}", "title", 2)
        self._line(across, f"编号 No. {tidy(one.number)}", "right", 1)
        for fact in one.facts:
            self._fact(fact, across)
        self.row += 1
        self._table(one)
        self._signatures(one, across)
        for text in filter(None, (LEDGERS, tidy(one.note), bundle.foot)):
            self._line(across, text, "en", 1)
        self.sheet.print_area(0, 0, self.row - 1, across - 1)

    def _page(self, one: Listing, across: int) -> None:
        sheet = self.sheet
        for place in range(across):
            sheet.set_column(place, place, _room(one, place))
        sheet.hide_gridlines(2)
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        number = tidy(one.number).replace("&", "&&")
        sheet.set_footer(f"&R&8 {number}   第 &P 页 共 &N 页  Page &P of &N")

    def _fact(self, fact: Field, across: int) -> None:
        self.sheet.write_string(self.row, 0, f"{fact.zh} {fact.en}", self.styles["label"])
        self.sheet.merge_range(self.row, 1, self.row, across - 1, fact.said, self.styles["text"])
        self.sheet.set_row(self.row, LINE * (1 + fact.said.count("\n")))
        self.row += 1

    def _table(self, one: Listing) -> None:
        if not one.headings:
            return
        for place, heading in enumerate(one.headings):
            self.sheet.write_string(self.row, place, f"{heading.zh}\n{heading.en}", self.styles["head"])
        self.sheet.set_row(self.row, LINE * 2)
        self.sheet.repeat_rows(self.row)
        for row in [*one.rows, *([one.totals] if one.totals else [])]:
            self.row += 1
            for place, (heading, value) in enumerate(zip(one.headings, row, strict=True)):
                self._cell(place, heading, value)
        if one.totals:
            self.sheet.write_string(self.row, 0, "合计 Total", self.styles["text"])
        self.row += 1
        if not one.rows:
            self._line(len(one.headings), "无 None", "text", 1)

    def _cell(self, place: int, heading: Heading, value: Any) -> None:
        if value is None or value == "":
            self.sheet.write_blank(self.row, place, None, self.styles["text"])
        elif heading.kind == "money":
            self.sheet.write_number(self.row, place, value / 100, self.styles["money"])
        elif isinstance(value, int):
            self.sheet.write_number(self.row, place, value, self.styles["count"])
        elif isinstance(value, date):
            self.sheet.write_datetime(self.row, place, value, self.styles["day"])
        else:
            self.sheet.write_string(self.row, place, tidy(str(value)), self.styles["text"])

    def _signatures(self, one: Listing, across: int) -> None:
        self.row += 1
        share, spare = divmod(across, len(one.signatures))
        for said, style, high in (("label", "signer", 2), ("name", "name", 2), ("on", "signed", 1)):
            at = 0
            for number, who in enumerate(one.signatures):
                room = share + (number < spare)
                value = f"{who.zh} {who.en}" if said == "label" else tidy(who.name) if said == "name" else who.on
                self._put(at, room, value or ("年      月      日" if said == "on" else ""), style)
                at += room
            self.sheet.set_row(self.row, LINE * high)
            self.row += 1

    def _put(self, at: int, room: int, value: str | date, style: str) -> None:
        look = self.styles[style]
        if room > 1:
            self.sheet.merge_range(self.row, at, self.row, at + room - 1, "", look)
        if isinstance(value, date):
            self.sheet.write_datetime(self.row, at, value, look)
        else:
            self.sheet.write_string(self.row, at, value, look)

    def _line(self, across: int, text: str, style: str, high: int) -> None:
        self._put(0, across, text, style)
        self.sheet.set_row(self.row, LINE * high)
        self.row += 1


def _room(one: Listing, place: int) -> int:
    """How wide a column is: as its first rows want it, within reason."""
    if place >= len(one.headings):
        return NARROW
    heading = one.headings[place]
    wanted = [width(heading.zh), width(heading.en), *(width(heading.said(row[place])) for row in one.rows[:SAMPLED])]
    return min(WIDE, max(NARROW, *wanted) + 2)
