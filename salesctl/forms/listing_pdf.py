"""A set of papers with tables as one PDF: typeset by typst with fonts that come along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salesctl.forms.form import LEDGERS, lines, tidy
from salesctl.forms.listing import RIGHT, cells
from salesctl.forms.pdf import typeset

if TYPE_CHECKING:
    from salesctl.forms.listing import Bundle, Listing


def page(bundle: Bundle) -> bytes:
    """The papers as a PDF.

    Raises:
        NeedsExtra, NeedsFont, Undrawable: they cannot be printed as they should look.
    """
    return typeset("listing.typ", shown(bundle), bundle.printed_on)


def shown(bundle: Bundle) -> dict[str, Any]:
    """What the template sets: texts only, ready to print."""
    return {
        "zh": tidy(bundle.zh),
        "en": tidy(bundle.en),
        "number": tidy(bundle.number),
        "foot": bundle.foot,
        "ledgers": LEDGERS,
        "listings": [_shown(one) for one in bundle.listings],
    }


def _shown(one: Listing) -> dict[str, Any]:
    totals = [
        "" if total is None else heading.said(total) for heading, total in zip(one.headings, one.totals, strict=False)
    ]
    return {
        "zh": tidy(one.zh),
        "en": tidy(one.en),
        "number": tidy(one.number),
        "facts": [[{"zh": f.zh, "en": f.en, "said": f.said} for f in line] for line in lines(one.facts)],
        "headings": [
            {"zh": h.zh, "en": h.en, "right": h.kind in RIGHT, "wide": h.kind == "wide"} for h in one.headings
        ],
        "rows": list(cells(one)),
        "totals": totals,
        "signatures": [
            {"zh": s.zh, "en": s.en, "name": tidy(s.name), "day": s.on.isoformat() if s.on else ""}
            for s in one.signatures
        ],
        "note": tidy(one.note),
    }
