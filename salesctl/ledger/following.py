"""A further entry of one command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from salesctl.ledger.transaction import Writer


class FollowUp:
    """The same desk for a further entry of one command: a request id belongs to its first."""

    request_id = None

    def __init__(self, desk: Writer) -> None:
        self._desk = desk

    def __getattr__(self, name: str) -> Any:
        """Whatever else a transaction wants to know."""
        return getattr(self._desk, name)
