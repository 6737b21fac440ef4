"""Column shapes that several tables share; importing it brings SQLModel, so only `tables.py` files do."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Text
from sqlmodel import Field, SQLModel

# Constraints need names before the first table exists: a batch migration cannot drop a nameless one.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


long_text = Text


def fen(**options: Any) -> Any:
    """An amount in fen; a 32-bit column would end at 21 million yuan."""
    return Field(sa_type=BigInteger, **options)


def to(table: str, **options: Any) -> Any:
    """A reference to a row of another table; nothing referred to is ever deleted."""
    return Field(foreign_key=f"{table}.id", ondelete="RESTRICT", **options)
