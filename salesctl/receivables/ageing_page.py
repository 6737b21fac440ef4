"""The ageing report as one page to print or to send: a chart, the table, nothing that is fetched or run."""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesctl.console import words
from salesctl.console.show import NotShown, say
from salesctl.console.values import clean, human, private
from salesctl.console.words import _
from salesctl.errors import N_
from salesctl.receivables.ageing import shares
from salesctl.receivables.ageing_chart import Bar, chart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salesctl.console.view import Column, View
    from salesctl.desk import Desk

FIGURES = ("money", "bar", "day", "count")
SHORT = 20  # characters that are never folded, but in the name of a customer
STYLE = """
@page { size: A4 landscape; margin: 12mm }
* { box-sizing: border-box }
body { font: 13px/1.4 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif;
  color: #111; background: #fff; margin: 1.5em auto; max-width: 1200px; padding: 0 1em }
h1 { font-size: 1.35em; margin: 0 0 .2em; overflow-wrap: anywhere }
p { color: #444; margin: 0 0 1em }
svg { display: block; width: 100%; height: auto; margin-bottom: 1.2em }
svg text { font-size: 12px; fill: #111 }
svg text.n { font-variant-numeric: tabular-nums }
table { border-collapse: collapse; width: 100% }
th, td { padding: .25em .5em; text-align: left; vertical-align: top; overflow-wrap: anywhere }
th { border-bottom: 1.5px solid #333; white-space: nowrap }
td { border-bottom: .5px solid #bbb }
.f { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
th.f { white-space: normal }
.k { white-space: nowrap }
tfoot td { font-weight: 600; border-bottom: 0 }
tfoot tr:first-child td { border-top: 1.5px solid #333 }
thead { display: table-header-group }
tfoot { display: table-row-group }
tr, svg { break-inside: avoid }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 11px;
  -webkit-print-color-adjust: exact; print-color-adjust: exact } }
"""


def show(view: View, desk: Desk, file: str) -> None:
    """Write the page; `-` is stdout.

    Raises:
        NotShown: the file cannot be written.
    """
    desk.spare(file)
    try:
        if file == "-":
            sys.stdout.writelines(_page(view, desk))
            sys.stdout.flush()
        else:
            with private(Path(file)).open("w", encoding="utf-8") as out:
                out.writelines(_page(view, desk))
            say(_("Written: {file}").format(file=file))
    except OSError as error:
        raise NotShown(trouble=error.strerror or str(error)) from error
    for note in filter(None, (*view.notes, desk.caution)):
        say(note)


def _page(view: View, desk: Desk) -> Iterator[str]:
    """The page, piece by piece: memory does not grow with the rows."""
    made = _("Printed on {day}; nothing after the day of the report counts in it.").format(day=desk.present_day)
    tongue = words.language.replace("_", "-")
    yield f'<!doctype html>\n<html lang="{tongue}">\n<head>\n<meta charset="utf-8">\n'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    yield '<meta name="viewport" content="width=device-width">\n'
    yield f"<title>{_safe(view.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    yield f"<h1>{_safe(view.title)}</h1>\n<p>{_safe(made)}</p>\n"
    headings, bars = _bars(view)
    if bars:
        yield "\n".join(chart(view.title, headings, bars)) + "\n"
        yield from _table(view, desk)
    for note in filter(None, (*view.notes, desk.caution)):
        yield f"<p>{_safe(note)}</p>\n"
    yield "</body>\n</html>\n"


def _bars(view: View) -> tuple[list[str], list[Bar]]:
    """The bars of the lines; of debts, one for each column that holds any."""
    keys = [column.key for column in view.columns]
    if "total" in keys:
        money = [place for place, column in enumerate(view.columns) if column.kind == "money"][:-1]
        named = keys.index("total") - len(money)
        bars = [Bar(_label(view.columns[:named], row), [row[place] for place in money]) for row in view.rows]
        return [_(view.columns[place].heading) for place in money], bars
    left, age = keys.index("open"), keys.index("age")
    sums: dict[str, int] = {}
    for row in view.rows:
        sums[row[age]] = sums.get(row[age], 0) + row[left]
    return [_("open")], [Bar(_(name.replace("_", " ")), [fen]) for name, fen in sums.items()]


def _label(columns: Sequence[Column], row: Sequence[Any]) -> str:
    """What a line is called; a customer by its name, everything else by what comes first."""
    place = 1 if columns[0].key == "code" else 0
    return _(str(row[place])) if columns[place].kind == "word" else str(row[place])


def _table(view: View, desk: Desk) -> Iterator[str]:
    yield f"<table>\n<thead><tr>{''.join(_head(column) for column in view.columns)}</tr></thead>\n<tbody>\n"
    for row in view.rows:
        yield _row(view.columns, row, desk)
    yield "</tbody>\n<tfoot>\n"
    if view.total:
        yield _row(view.columns, view.total, desk)
        if view.columns[-1].kind == "bar":
            yield _row(view.columns, _parts(view, view.total), desk)
    yield "</tfoot>\n</table>\n"


def _parts(view: View, total: Sequence[Any]) -> list[Any]:
    """How much of all stands in each column; together they are the whole."""
    money = [place for place, column in enumerate(view.columns) if column.kind == "money"][:-1]
    parts = dict(zip(money, shares([total[place] for place in money]), strict=True))
    return [_("share"), *(_share(parts[place]) if place in parts else "" for place in range(1, len(view.columns)))]


def _head(column: Column) -> str:
    return f'<th scope="col"{_class(column)}>{_safe(_(column.heading))}</th>'


def _row(columns: Sequence[Column], row: Sequence[Any], desk: Desk) -> str:
    cells = []
    for column, value in zip(columns, row, strict=True):
        text = _cell(column, value, desk)
        is_folded = column.key == "customer" or len(text) > SHORT
        cells.append(f"<td{_class(column) or ('' if is_folded else ' class=k')}>{_safe(text)}</td>")
    return f"<tr>{''.join(cells)}</tr>\n"


def _cell(column: Column, value: Any, desk: Desk) -> str:
    """One cell; the share as a figure, its bar stands in the chart."""
    if isinstance(value, str) or column.kind not in FIGURES:
        return human(column, value, desk.zone) if column.kind == "word" else str(value or "")
    return _share(value) if column.kind == "bar" else human(column, value, desk.zone)


def _share(thousandths: int) -> str:
    return f"{thousandths // 10}.{thousandths % 10}%"


def _class(column: Column) -> str:
    return ' class="f"' if column.kind in FIGURES else ""


def _safe(text: str) -> str:
    return escape(clean(text))


WORDS = (N_("ageing"),)
