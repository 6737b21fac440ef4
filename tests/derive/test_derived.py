"""What is derived equals its source: rows the tables, compiled packs the TOML, catalogues the program's texts."""

from __future__ import annotations

import io
import string
from typing import Any

import pytest
from babel.messages.mofile import write_mo

from salesctl.policy.policy import PACKS, SHIPPED
from tests.derive import packs, rows, words


@pytest.mark.parametrize("noun", rows.nouns())
def test_rows_say_what_the_tables_say(noun: str) -> None:
    assert (rows.HOUSE / noun / "rows.py").read_text(encoding="utf-8") == rows.derived(noun)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_compiled_pack_is_its_toml(name: str) -> None:
    for file, text in packs.derived(name).items():
        assert (PACKS / name / file).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", ["salesctl", "messages"])
def test_every_text_has_its_chinese(name: str) -> None:
    known = {message.id: message.string for message in words.catalogue(name) if message.id}
    wanted = {message.id for message in words.renewed(name) if message.id}
    assert not sorted(wanted - known.keys()), "run `make derive`, then translate"
    assert not sorted(text for text in wanted if not known[text]), "not translated"
    assert not sorted(known.keys() - wanted), "no longer said: run `make derive`"


@pytest.mark.parametrize("name", ["salesctl", "messages"])
def test_translations_keep_every_placeholder(name: str) -> None:
    for message in words.catalogue(name):
        if message.id:
            assert _placeholders(message.id) == _placeholders(message.string), message.id


@pytest.mark.parametrize("name", ["salesctl", "messages"])
def test_the_compiled_catalogue_is_current(name: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, words.catalogue(name))
    with (words.FOLDER / f"{name}.mo").open("rb") as file:
        assert _messages(file) == _messages(io.BytesIO(compiled.getvalue()))


def _placeholders(text: Any) -> set[str]:
    return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name}


def _messages(file: Any) -> dict[str, str]:
    import gettext

    catalogue: dict[str, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {key: value for key, value in catalogue.items() if key}
