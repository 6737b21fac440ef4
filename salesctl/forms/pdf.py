"""A form as a PDF page: typeset by typst with fonts that come along, the same bytes each time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from salesctl.console.caution import marked
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.forms.capitals import capitals
from salesctl.forms.form import LEDGERS, lines, tidy, tidy_lines
from salesctl.forms.paper import is_wide, rooms
from salesctl.policy.units import yuan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from salesctl.forms.form import Form
    from salesctl.forms.paper import Grid, Paper

FAMILIES = ("Noto Sans SC", "Noto Serif SC")  # those the template asks for
ARCHIVAL = "a-2u"  # PDF/A: fonts inside, all text can be searched, and a character without a picture is an error
MOST_TAGGED = 2_000  # rows; tags make a table sixteen times as large, and of so many rows nobody has each read aloud
UNDRAWN = re.compile(r'the text `"(.+?)"` could not be displayed')


class NeedsExtra(SalesctlError):
    """A PDF asked for, where what makes it is not installed."""

    code, status = "forms.extra", WRONG
    says = N_("PDF forms need the package {package}, which is not installed.")
    hint = N_("Install it: pip install 'salesctl[forms]'; or print to a file ending in .xlsx.")


class NeedsFont(SalesctlError):
    """A Chinese font that is not where it belongs: the page would show boxes."""

    code, status = "forms.font", WRONG
    says = N_("The font {font} is missing; without it Chinese would print as boxes.")
    hint = N_("Install it: pip install --force-reinstall 'salesctl[forms]'; or print to a file ending in .xlsx.")


class Undrawable(SalesctlError):
    """Characters the fonts have no picture of."""

    code, status = "forms.character", WRONG
    says = N_("The fonts have no picture of: {characters}.")
    hint = N_("Write the text with other characters; or print to a file ending in .xlsx.")


def page(form: Form) -> bytes:
    """The form as a PDF.

    Raises:
        NeedsExtra, NeedsFont, Undrawable: it cannot be printed as it should look.
    """
    return typeset("form.typ", shown(form), form.printed_on)


def papers_page(papers: Sequence[Paper], title: str) -> bytes:
    """Papers, one after another, as a PDF.

    Raises:
        NeedsExtra, NeedsFont, Undrawable: they cannot be printed as they should look.
    """
    rows = sum(len(grid.rows) for paper in papers for grid in paper.grids)
    return typeset("paper.typ", papers_shown(papers, title), papers[0].printed_on, is_tagged=rows <= MOST_TAGGED)


def typeset(template: str, data: dict[str, Any], printed_on: date, *, is_tagged: bool = True) -> bytes:
    """A template filled with texts, as a PDF: the same bytes each time; tagged for those who have it read aloud.

    Raises:
        NeedsExtra, NeedsFont, Undrawable: it cannot be printed as it should look.
    """
    fonts = font_folder()
    typst = _typst()
    _expect_fonts(typst, fonts)
    import json
    from datetime import UTC, datetime, time
    from importlib.resources import files

    try:
        made, _warnings = typst.compile_with_warnings(
            files("salesctl.forms").joinpath(template).read_bytes(),
            sys_inputs={"form": json.dumps(data, ensure_ascii=False)},
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            pdf_standards=ARCHIVAL,
            timestamp=datetime.combine(printed_on, time(), UTC),
            pdf_tags=is_tagged,
        )
    except typst.TypstError as error:
        if undrawn := UNDRAWN.findall(error.diagnostic):
            raise Undrawable(characters=" ".join(dict.fromkeys(undrawn))) from None
        raise
    return bytes(made)


def shown(form: Form) -> dict[str, Any]:
    """What the template sets: texts only, ready to print."""
    return {
        "zh": tidy(form.zh),
        "en": tidy(form.en),
        "number": tidy(form.number),
        "office": tidy(form.office),
        "asked_on": form.asked_on.isoformat() if form.asked_on else "",
        "lines": [[{"zh": f.zh, "en": f.en, "said": f.said} for f in line] for line in lines(form.body)],
        "figures": "" if form.amount is None else f"¥{yuan(form.amount)}",
        "capitals": "" if form.amount is None else capitals(form.amount),
        "remarks": tidy(form.remarks),
        "signatures": [
            {"zh": s.zh, "en": s.en, "name": tidy(s.name), "day": s.on.isoformat() if s.on else ""}
            for s in form.signatures
        ],
        "ledgers": LEDGERS,
        "foot": form.foot,
    }


def papers_shown(papers: Sequence[Paper], title: str) -> dict[str, Any]:
    """What the template of papers sets: texts only, ready to print."""
    return {"title": tidy(title), "papers": [_paper(paper) for paper in papers]}


def _paper(paper: Paper) -> dict[str, Any]:
    parts = [tidy_lines(part) if isinstance(part, str) else _grid(part) for part in paper.parts]
    return {
        "zh": tidy(paper.zh),
        "en": tidy(paper.en),
        "number": tidy(paper.number),
        "office": tidy(paper.office),
        "day": paper.dated_on.isoformat() if paper.dated_on else "",
        "lines": [[{"zh": f.zh, "en": f.en, "said": f.said} for f in line] for line in lines(paper.stated)],
        "parts": parts,
        "wide": any(is_wide(part["rooms"]) for part in parts if not isinstance(part, str)),
        "signatures": [
            {"zh": s.zh, "en": s.en, "name": tidy(s.name), "day": s.on.isoformat() if s.on else ""}
            for s in paper.signatures
        ],
        "note": tidy(paper.note),
        "foot": marked(tidy(paper.foot)),
    }


def _grid(grid: Grid) -> dict[str, Any]:
    said = grid.said()
    return {
        "zh": grid.zh,
        "en": grid.en,
        "heads": [{"zh": h.zh, "en": h.en, "number": h.is_number} for h in grid.heads],
        "rooms": rooms(grid.heads, said),
        "rows": said[: len(grid.rows)],
        "total": said[-1] if grid.total else [],
        "empty": grid.empty,
    }


def font_folder() -> Path:
    """Where the Chinese fonts lie.

    Raises:
        NeedsExtra: they are not installed.
    """
    try:
        from pylopdf_fonts_zh_cn import sans_path
    except ImportError:
        raise NeedsExtra(package="pylopdf-fonts-zh-cn") from None
    return sans_path().parent


def _typst() -> Any:
    try:
        import typst
    except ImportError:
        raise NeedsExtra(package="typst") from None
    return typst


def _expect_fonts(typst: Any, fonts: Path) -> None:
    """Typst takes another font, or prints boxes, where one is missing, and calls it a success."""
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)]).families()
    for family in FAMILIES:
        if family not in found:
            raise NeedsFont(font=family)
