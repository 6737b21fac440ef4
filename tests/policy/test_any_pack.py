"""However wrong a pack is, reading it answers a list of faults and never breaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.policy.folders import found, lines

JUNK = st.recursive(
    st.one_of(st.booleans(), st.integers(-5, 5), st.text("ab1-. ", max_size=4), st.just("A-1.4")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "en", "x", "through", "need", "days"]), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = [
    "kind",
    "label",
    "version",
    "required",
    "source",
    "code",
    "extends",
    "name",
    "chosen",
    "first_day",
    "alternatives",
]
RECORD = st.dictionaries(st.sampled_from(FIELDS), JUNK, max_size=4)
EVERY = st.sampled_from(["day", "week", "month", "year", "event"])
VERSION = st.dictionaries(
    st.sampled_from(
        "from until value bands rows sources items options source shares ordered every on at at_figure minus each "
        "between shift after window".split()
    ),
    JUNK,
    max_size=5,
)
KINDS = st.sampled_from("bands grid checklist choice count amount rate clock split schedule".split())


def toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{name}" = {toml(item)}' for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return str(value).lower() if isinstance(value, (bool, int)) else f'"{value}"'


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=RECORD, version=VERSION, kind=KINDS, every=EVERY, about=RECORD, is_own=st.booleans())
def test_no_pack_breaks_the_reader(
    record: dict[str, Any],
    version: dict[str, Any],
    kind: str,
    every: str,
    about: dict[str, Any],
    is_own: bool,
    tmp_path: Path,
) -> None:
    """However wrong a pack is, the answer is a list of faults that can be printed."""
    own = {"kind": kind, "version": [{"every": every, **version}]}
    files = {
        "pack.toml": "\n".join(
            f"{name} = {toml(value)}" for name, value in ({"extends": "A"} if is_own else about).items()
        ),
        "clauses.toml": f'"A-1" = {toml(record)}',
        "readings.toml": f'"AMB" = {toml(record)}',
        "visits.toml": f"first = {toml(record)}\nclose_of_business = {toml(own)}",
        "commission.toml": f"authority = {toml({'version': [version, {}]})}",
    }
    assert lines(found(tmp_path, files)[1])
