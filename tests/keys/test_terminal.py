"""At a real terminal: a passphrase is typed, never shown, and asked for before anybody waits for the right to write."""

from __future__ import annotations

from tests.conftest import Office
from tests.customers.test_terminal import terminal
from tests.keys.test_signed import bodies, findings, signing_office

__all__ = ["signing_office"]
WORDS = "correct horse battery"


def locked(office: Office) -> None:
    """A new key with a passphrase, typed twice."""
    with terminal(office, "key", "new", "--file", "locked") as screen:
        screen.expect("New passphrase")
        screen.sendline(WORDS)
        screen.expect("The same again")
        screen.sendline(WORDS)
        screen.expect("fingerprint")


def test_a_new_passphrase_is_typed_twice_and_not_too_short(office: Office) -> None:
    with terminal(office, "key", "new", "--file", "locked") as screen:
        screen.expect("New passphrase")
        screen.sendline("short")
        screen.expect("The same again")
        screen.sendline("short")
        screen.expect("at least 8 characters")
    assert not (office.folder / "locked").exists()
    locked(office)
    assert b"BEGIN OPENSSH PRIVATE KEY" in (office.folder / "locked").read_bytes()


def test_a_decision_asks_for_the_passphrase_once_and_never_shows_it(signing_office: Office) -> None:
    """P30: a wrong one writes nothing; without a terminal there is nobody to ask."""
    locked(signing_office)
    number = signing_office.ask("key register zhou locked.pub --as zhou")["number"]
    signing_office.do(f"key approve {number} --as gm --key gm.key")
    line = ["approve", "grant", "A-1", "--as", "zhou", "--key", "locked"]
    assert signing_office.run(line).code == "key.nobody-there"
    before = len(bodies(signing_office))
    with terminal(signing_office, *line) as screen:
        screen.expect("Passphrase of locked")
        screen.sendline("something else")
        screen.expect("does not open locked")
    assert len(bodies(signing_office)) == before
    with terminal(signing_office, *line) as screen:
        screen.expect("Passphrase of locked")
        screen.sendline(WORDS)
        screen.expect("granted")
        screen.expect(f"#{before + 1} ")
        assert WORDS not in (screen.before or "")
    assert findings(signing_office) == []


def test_what_asks_first_is_asked_once(signing_office: Office) -> None:
    """A confirmation given before the decision was rehearsed holds for it."""
    line = ("people", "close", "chen", "--last-day", "2012-05-31", "--as", "gm", "--key", "gm.key")
    with terminal(signing_office, *line) as screen:
        screen.expect("Close P004 陈涛")
        screen.sendline("y")
        assert screen.expect(["last day", "Close P004"]) == 0
    assert findings(signing_office) == []
