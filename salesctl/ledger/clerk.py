"""Who writes an entry nobody has to be named for: what cron does, and how the ledger itself is kept."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from salesctl.errors import SalesctlError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from salesctl.ledger.book import Reading, Writer


class Unsigned:
    """Writes nothing that anybody signs."""

    other_day = ""  # what it writes decides nothing

    def before_writing(self, verb: str) -> None:
        """There is nothing to prepare."""

    def signature(self, view: Reading, facts: Mapping[str, Any]) -> None:
        """None."""


class Clerk(Unsigned):
    """Writes at a desk, in the name of whoever acts there if that is known; it needs no request id to happen once."""

    request_id: str | None = None
    is_dry_run = False

    def __init__(self, desk: Writer) -> None:
        self._desk = desk
        self.now, self.clock, self.login, self.asked = desk.now, desk.clock, desk.login, desk.asked
        self.keep_receipt, self.read_at = desk.keep_receipt, desk.read_at
        self.actor_code: str | None = None
        with suppress(SalesctlError):  # nobody is asked who they are
            self.actor_code = desk.actor_code

    @property
    def packs_digest(self) -> str:
        """The packs this run asked."""
        return self._desk.packs_digest

    def expect_somebody(self, view: Reading) -> None:
        """Cron writes too."""
