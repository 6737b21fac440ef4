"""A post office beside the office: letters of the day really travel."""

from tests.mail.conftest import server, settle

__all__ = ["server", "settle"]
