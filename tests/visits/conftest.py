"""An office whose business closes at 18:00."""

from __future__ import annotations

import pytest

from tests.conftest import Office

PACK = 'code = "office"\nextends = "A"\nname = { en = "Our office", zh_CN = "本公司" }\n'
CLOSING = """
[close_of_business]
kind = "clock"

[[close_of_business.version]]
from   = 2012-03-01
origin = "company"
source = "A-1.4"
value  = "18:00"
"""


@pytest.fixture
def closing(office: Office) -> Office:
    """The office, its close of business set by a pack of its own."""
    folder = office.folder / "own"
    folder.mkdir()
    (folder / "pack.toml").write_text(PACK, "utf-8")
    (folder / "visits.toml").write_text(CLOSING, "utf-8")
    office.do("policy adopt own --as gm --yes", now="2012-03-01T10:00")
    return office
