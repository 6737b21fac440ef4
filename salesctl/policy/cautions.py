"""What the law says beside what a regulation proposes: lines of the working that change no amount (section vi)."""

from __future__ import annotations

from salesctl.errors import N_
from salesctl.policy.outcome import Basis, Step


def caution(law: str, note: str) -> Step:
    """One legal warning: its id, and what it says; `note` is English, from the catalogue."""
    return Step(N_("legal warning"), law, "text", (Basis("", law),), note)


FINE = caution("L-3", N_("no national rule lets an employer fine"))
DISMISSAL = (
    caution("L-5", N_("a count of breaches alone does not carry a dismissal; the employer proves a serious one")),
    caution("L-7", N_("some employees are protected, and the trade union is told beforehand")),
)
