"""`salesctl.toml`: single values for every command, and tables such as `[mail]` for those who need them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesctl.errors import N_, Invalid
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Settings(Record):
    """What a settings file says; paths in it start from its folder."""

    values: Mapping[str, str] = {}
    tables: Mapping[str, Mapping[str, Any]] = {}
    file: Path = Path()


def read(files: Iterable[Path], *, tables: Iterable[str]) -> Settings:
    """The first of these files that is there; nothing where none is.

    Raises:
        Invalid: it is no TOML, or one of `tables` is a single value.
    """
    file = next((file for file in files if file.is_file()), None)
    if file is None:
        return Settings()
    import tomllib

    try:
        content = tomllib.loads(file.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise Invalid(value=str(file), what=N_("a settings file"), example=f'ledger = "..."  ({error})') from error
    if wrong := next((name for name in tables if not isinstance(content.get(name, {}), dict)), ""):
        raise Invalid(value=f"{wrong} = {content[wrong]!r}", what=N_("a table of settings"), example=f"[{wrong}]")
    found = {name: value for name, value in content.items() if isinstance(value, dict)}
    return Settings({name: str(value) for name, value in content.items() if name not in found}, found, file)
