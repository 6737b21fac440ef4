"""Papers as an XLSX workbook, a sheet each: tables are ordinary cells with numbers in them, and print as pages."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from salesctl.console.caution import marked
from salesctl.console.values import width
from salesctl.console.workbook import SAFE
from salesctl.forms.form import tidy
from salesctl.forms.paper import Grid, is_wide, letters, rooms
from salesctl.forms.workbook import A4, LINE, NOT_IN_NAMES, STYLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesctl.forms.paper import Head, Paper, Value

LEAST = 4  # columns of a sheet
LONGEST_NAME = 31  # of a sheet
ROOMS = {"text": 10, "money": 14, "count": 8, "day": 12}  # letters, at least
MOST = 34  # letters of a text before it goes on in the next line
BOLD = {"bold": True, "top": 1}


def page(papers: Sequence[Paper], title: str) -> bytes:
    """The papers as a workbook; the same bytes each time."""
    import xlsxwriter

    made = BytesIO()
    with xlsxwriter.Workbook(made, {**SAFE, "constant_memory": False, "in_memory": True}) as book:
        book.set_properties({"title": tidy(title), "created": datetime.combine(papers[0].printed_on, time())})
        looks = {name: book.add_format(style) for name, style in STYLES.items()}
        looks |= {f"{kind} total": book.add_format({**STYLES[kind], **BOLD}) for kind in ROOMS}
        for place, paper in enumerate(papers, 1):
            name = NOT_IN_NAMES.sub("", tidy(paper.zh))
            name = f"{place} {name}" if len(papers) > 1 else name
            _Sheet(book.add_worksheet(name[:LONGEST_NAME]), looks, paper).fill()
    return made.getvalue()


class _Sheet:
    """A sheet that is filled from top to bottom."""

    def __init__(self, sheet: Any, looks: dict[str, Any], paper: Paper) -> None:
        self.sheet, self.looks, self.paper, self.row = sheet, looks, paper, 0
        self.said = [grid.said() for grid in paper.grids]
        self.rooms = _rooms(paper.grids, self.said)
        for place, room in enumerate(self.rooms):
            sheet.set_column(place, place, room)
        self.across = len(self.rooms)
        sheet.hide_gridlines(2)
        sheet.set_paper(A4)
        if any(is_wide(rooms(grid.heads, rows)) for grid, rows in zip(paper.grids, self.said, strict=True)):
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)

    def fill(self) -> None:
        """Head, fields, parts, signatures, foot."""
        paper = self.paper
        self._line(tidy(paper.zh), "title", 2)
        self._line(tidy(paper.en), "subtitle")
        if paper.office:
            self._line(tidy(paper.office), "line")
        dated = f"日期 Date {paper.dated_on.isoformat()}    " if paper.dated_on else ""
        self._line(f"{dated}编号 No. {tidy(paper.number)}", "right")
        for field in paper.stated:
            value = field.value / 100 if field.kind == "money" and isinstance(field.value, int) else field.value
            self._pair(f"{field.zh} {field.en}", value if field.kind == "money" else field.said, field.kind)
        said = iter(self.said)
        for part in paper.parts:
            self.row += 1
            if isinstance(part, Grid):
                self._grid(part, next(said))
            else:
                for paragraph in part.split("\n"):
                    self._line(tidy(paragraph), "line")
        self._sign()
        self._line(marked(tidy(paper.foot)), "en")
        number = tidy(paper.number).replace("&", "&&")
        self.sheet.set_footer(f"&R&8 {number}   第 &P 页 共 &N 页  Page &P of &N")
        self.sheet.print_area(0, 0, self.row - 1, self.across - 1)

    def _sign(self) -> None:
        if self.paper.signatures:
            self.row += 1
        for one in self.paper.signatures:
            day = one.on.isoformat() if one.on else "年      月      日"
            self._pair(f"{one.zh} {one.en}", f"{tidy(one.name)}        {day}", "text", 2)
        if self.paper.note:
            self._line(tidy(self.paper.note), "en")

    def _grid(self, grid: Grid, said: list[list[str]]) -> None:
        if grid.zh:
            self._line(f"{grid.zh}  {grid.en}", "line")
        if not grid.rows:
            self._line(grid.empty, "line")
            return
        for place, head in enumerate(grid.heads):
            self.sheet.write_string(self.row, place, f"{head.zh}\n{head.en}", self.looks["label"])
        self.sheet.set_row(self.row, LINE * 2.5)
        if len(self.paper.grids) == 1:
            self.sheet.repeat_rows(self.row)
        self.row += 1
        plain = [self.looks[head.kind] for head in grid.heads]
        for row, texts in zip(grid.rows, said, strict=False):
            self._cells(grid.heads, row, texts, plain)
        if grid.total:
            self._cells(grid.heads, grid.total, said[-1], [self.looks[f"{head.kind} total"] for head in grid.heads])

    def _cells(self, heads: Sequence[Head], row: Sequence[Value], texts: Sequence[str], looks: Sequence[Any]) -> None:
        lines = 1
        for place, (head, value, text, look) in enumerate(zip(heads, row, texts, looks, strict=True)):
            if value is None or value == "":
                self.sheet.write_blank(self.row, place, None, look)
            elif isinstance(value, int):
                self.sheet.write_number(self.row, place, value / 100 if head.kind == "money" else value, look)
            elif isinstance(value, date):
                self.sheet.write_datetime(self.row, place, value, look)
            else:
                self.sheet.write_string(self.row, place, text, look)
                lines = max(lines, _lines(text, self.rooms[place]))
        self.sheet.set_row(self.row, LINE * lines)
        self.row += 1

    def _pair(self, label: str, value: Any, kind: str, least: int = 1) -> None:
        """A label over the first two columns, and what stands beside it."""
        self.sheet.merge_range(self.row, 0, self.row, 1, label, self.looks["label"])
        look = self.looks["money" if kind == "money" else "text"]
        self.sheet.merge_range(self.row, 2, self.row, self.across - 1, "", look)
        if isinstance(value, (int, float)):
            self.sheet.write_number(self.row, 2, value, look)
        else:
            self.sheet.write_string(self.row, 2, value or "", look)
            least = max(least, _lines(value or "", sum(self.rooms[2:])))
        least = max(least, _lines(label, sum(self.rooms[:2])))
        self.sheet.set_row(self.row, LINE * least)
        self.row += 1

    def _line(self, text: str, style: str, least: int = 1) -> None:
        """One text over the whole width."""
        self.sheet.merge_range(self.row, 0, self.row, self.across - 1, "", self.looks[style])
        self.sheet.write_string(self.row, 0, text, self.looks[style])
        self.sheet.set_row(self.row, LINE * max(least, _lines(text, sum(self.rooms))))
        self.row += 1


def _rooms(grids: Sequence[Grid], said: Sequence[list[list[str]]]) -> list[int]:
    """How wide each column is, in letters: as the table that needs most wants it; a number always has room."""
    found: list[int] = []
    for grid, rows in zip(grids, said, strict=True):
        found += [0] * (len(grid.heads) - len(found))
        for place, (head, longest) in enumerate(zip(grid.heads, letters(grid.heads, rows), strict=True)):
            wanted = longest + 3 if head.is_number else min(longest + 2, MOST)
            found[place] = max(found[place], ROOMS[head.kind], wanted)
    return found + [20] * (LEAST - len(found))


def _lines(text: str, room: int) -> int:
    """How many lines a text takes in a room of so many characters."""
    return sum(1 + width(line) // max(1, room) for line in text.split("\n"))
