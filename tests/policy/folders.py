"""Packs written for a test: two that are sound, to be broken one way or another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.policy.pack import Pack, read
from salesctl.policy.policy import regulations

if TYPE_CHECKING:
    from pathlib import Path

    from salesctl.policy.fault import Fault

BOTH = '{ en = "text", zh_CN = "文字" }'
REGULATION = {  # a whole regulation without a fault
    "pack.toml": f'code = "X"\nname = {BOTH}',
    "clauses.toml": f'["X-1"]\nkind = "parameter"\nfirst_day = 2012-04-13\nen = "One"\nzh_CN = "一"\nhonoured = {BOTH}',
    "readings.toml": f'["AMB-X-a"]\nclause = "X-1"\nchosen = {BOTH}\nwhy = {BOTH}\nalternatives = [{BOTH}]',
    "money.toml": f'[fine]\nkind = "count"\nlabel = {BOTH}\n'
    '[[fine.version]]\nfrom = 2012-04-13\norigin = "seed"\nsource = "X-1"\nreading = "AMB-X-a"\nvalue = 5',
}
COMPANY = {  # a company's pack without a fault
    "pack.toml": f'code = "own"\nextends = "A"\nname = {BOTH}',
    "visits.toml": "[[close_of_business.version]]\nvalue = 18:00:00",
    "commission.toml": "[[shortfall_fine.version]]\nfrom = 2012-06-01\nvalue = 3",
}


def found(folder: Path, files: dict[str, str]) -> tuple[Pack, list[Fault]]:
    """What the reader makes of these files."""
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return read(folder, regulations())


def lines(faults: list[Fault]) -> list[str]:
    return [f"{fault.file} [{fault.entry}] {fault.says.format(**fault.facts)}" for fault in faults]
