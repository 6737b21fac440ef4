"""Where the identity is `key`, a decision carries the signature of whoever takes it, and only theirs fits."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from salesctl.ledger import journal, keyfile, signing, sqlite
from salesctl.ledger.place import Address
from salesctl.ledger.sshsig import APPROVAL, CHECKPOINT
from tests.conftest import Office
from tests.keys.conftest import enter

LATER = "2012-05-09T09:00"


@pytest.fixture
def signing_office(keyed: Office) -> Office:
    """Everybody who decides has a key; decisions are signed; A-1 waits for zhou."""
    for name, by in (("gm", "han"), ("han", "gm"), ("zhou", "gm"), ("lin", "gm")):
        enter(keyed, name, by)
    keyed.do("key require --as gm")
    keyed.do("contract add HT-1 --customer 云帆 --amount 200000 --signed 2012-04-20 --as lin")
    keyed.do("receivable log 云帆 186000 --issued 2012-04-20 --due 2012-05-30 --contract HT-1 --as lin")
    keyed.do("receipt log 云帆 186000 --date 2012-05-01 --as xiang")
    keyed.do("approve commission --contract HT-1 --amount 13020 --as lin --key lin.key")
    return keyed


def bodies(office: Office) -> list[dict[str, Any]]:
    """Every entry of the journal."""
    if isinstance(office.place, Address):
        import psycopg

        with psycopg.connect(office.place.url) as base:
            return [json.loads(body) for (body,) in base.execute("SELECT body FROM journal ORDER BY seq")]
    with closing(sqlite.connect(office.place)) as db:
        return [json.loads(body) for (body,) in db.execute("SELECT body FROM journal ORDER BY seq")]


def rewritten(office: Office, entries: list[dict[str, Any]]) -> None:
    """The whole journal written anew by somebody who holds the file: every hash fits again."""
    head = journal.Head(0, journal.BEGINNING, "")
    with closing(sqlite.connect(office.ledger, guarded=False)) as db:
        guards = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in guards:
            db.execute(f"DROP TRIGGER {name}")
        db.execute("DELETE FROM journal")
        for facts in entries:
            row = journal.entry(head, {name: value for name, value in facts.items() if name != "seq"})
            db.execute(journal.INSERT, row)
            head = journal.Head(row["seq"], row["hash"], row["recorded_at"])
        for _name, sql in guards:
            db.execute(sql)


def findings(office: Office) -> list[str]:
    """What a verification says is wrong."""
    answer = office.run("ledger verify")
    assert answer.status in (0, 5), answer
    return [line.partition(": ")[2] for line in answer.err.splitlines() if line.startswith("  -")]


def test_a_decision_carries_the_signature_of_whoever_takes_it(signing_office: Office) -> None:
    assert signing_office.run("approve grant A-1 --as zhou").code == "key.file"
    assert signing_office.run("approve grant A-1 --as zhou --key lin.key").code == "key.not-yours"
    before = len(bodies(signing_office))
    granted = signing_office.do("approve grant A-1 --as zhou --key zhou.key")
    assert f"#{before + 1} " in granted.err
    assert "Dry run" not in granted.err
    newest = bodies(signing_office)[-1]
    key = signing_office.ask("key show K-3")["fingerprint"]
    assert newest["signature"]["key"] == key
    assert newest["signature"]["seen"][0] == before
    assert signing_office.ask("ledger history --last 1")[0]["signed"] == key
    assert signing_office.ask("why A-1")[-1]["signed"] == key
    assert key in signing_office.do("why A-1").out
    verified = signing_office.do("ledger verify")
    assert "Signatures: 2, of 2 keys" in verified.err, verified.err


def test_what_is_no_decision_needs_no_key(signing_office: Office) -> None:
    signing_office.do("visit log 云帆 --leave 9:05 --as lin", now=LATER)
    signing_office.do("receivable log 云帆 100 --issued 2012-05-08 --due 2012-06-30 --as lin")
    signing_office.do("approve list")
    signing_office.do("check --new")
    for line in ("receipt log 云帆 50 --date 2012-05-08 --as xiang", "customer add 新客户 --owner lin --as lin",
                 "receivable log 新客户 80 --issued 2012-05-08 --due 2012-06-30 --number F-8 --as lin",
                 "receivable dispute F-8 --reason 数量 --as lin"):  # fmt: skip
        signing_office.do(line)
    for line in ("customer transfer 云帆 --to chen", "receivable cancel F-8 --reason 误录 --yes"):
        assert signing_office.run(f"{line} --as gm").code == "key.file", line
        signing_office.do(f"{line} --as gm --key gm.key")
    assert findings(signing_office) == []


def test_the_powers_of_people_are_signed_too(signing_office: Office) -> None:
    for line in ("people promote chen account_director --from 2012-06-01", "people login chen somebody",
                 "delegation add chen --until 2012-06-01", "people add 王五 --grade hr"):  # fmt: skip
        assert signing_office.run(f"{line} --as gm").code == "key.file", line
        signing_office.do(f"{line} --as gm --key gm.key")
    assert findings(signing_office) == []


def test_only_administrators_give_powers_where_a_key_proves_who_acts(signing_office: Office) -> None:
    line = "people promote chen account_director --from 2012-06-01"
    assert signing_office.run(f"{line} --as zhou --key zhou.key").code == "people.not-administrator"
    signing_office.do(f"{line} --as han --key han.key")


@pytest.mark.file
def test_what_a_login_proved_before_it_still_proves(empty_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger that believed logins goes on to do so for what is not signed."""
    from salesctl import app

    empty_office.ledger.unlink()
    monkeypatch.setattr(app, "_login", lambda: "shen")
    empty_office.do("ledger init --identity os")
    empty_office.do("people add 沈国栋 --grade general_manager --alias gm --login shen")
    empty_office.do("people add 韩松 --grade hr --alias han --login han")
    for name, login in (("gm", "shen"), ("han", "han")):
        monkeypatch.setattr(app, "_login", lambda login=login: login)
        empty_office.do(f"key new --no-passphrase --file {name}.key")
        empty_office.do(f"key register {name} {name}.key.pub")
    empty_office.do("key approve K-1")
    monkeypatch.setattr(app, "_login", lambda: "shen")
    empty_office.do("key approve K-2")
    empty_office.do("key require")
    assert empty_office.ask("ledger info")["identity"] == "key"
    assert empty_office.run("customer add 云帆 --as han").code == "desk.impersonation"
    empty_office.do("customer add 云帆")
    assert findings(empty_office) == []


def test_a_file_with_faults_is_refused_as_ever(signing_office: Office) -> None:
    """What a rehearsal meets is said when the command is run in earnest, with every line of it."""
    (signing_office.folder / "staff.csv").write_text("name,grade\n新人,国王\n", "utf-8")
    said = signing_office.run("people import staff.csv --as gm --key gm.key")
    assert (said.status, "line 2, grade" in said.err) == (2, True), said


def test_a_refusal_is_signed_as_well(signing_office: Office) -> None:
    refused = signing_office.run("approve grant A-1 --as lin --key lin.key")
    assert (refused.status, refused.code) == (7, "approve.refused")
    assert bodies(signing_office)[-1]["signature"]["key"] == signing_office.ask("key show K-4")["fingerprint"]


def test_a_rehearsal_says_and_keeps_nothing(signing_office: Office) -> None:
    before = bodies(signing_office)
    dry = signing_office.do("approve grant A-1 --as zhou --dry-run")
    assert dry.err.count("Dry run") == 1
    assert bodies(signing_office) == before
    granted = signing_office.do("approve grant A-1 --as zhou --key zhou.key -o granted.json")
    assert granted.out == ""
    assert json.loads((signing_office.folder / "granted.json").read_text())["state"] == "granted"


def test_the_same_request_again_is_answered_without_a_key(signing_office: Office) -> None:
    line = "approve grant A-1 --as zhou --request-id r-1"
    signing_office.do(f"{line} --key zhou.key")
    assert "recorded before" in signing_office.do(line).err


def test_the_key_comes_from_option_environment_settings_or_the_usual_place(
    signing_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = signing_office.folder
    monkeypatch.setenv("SALESCTL_KEY", str(folder / "lin.key"))
    assert signing_office.run("approve grant A-1 --as zhou").code == "key.not-yours"
    signing_office.do("approve return A-1 --reason 改 --as zhou --key zhou.key")
    signing_office.do("approve revise A-1 --amount 13019 --as lin")
    monkeypatch.delenv("SALESCTL_KEY")
    (folder / "salesctl.toml").write_text('key = "zhou.key"\n')
    signing_office.do("approve return A-1 --reason 改 --as zhou")
    (folder / "salesctl.toml").unlink()
    (folder / "config" / "salesctl").mkdir(parents=True)
    (folder / "lin.key").rename(folder / "config" / "salesctl" / "key")
    signing_office.do("approve revise A-1 --amount 13018 --as lin")


def test_a_revoked_key_signs_nothing_more_and_what_it_signed_stays(signing_office: Office) -> None:
    signing_office.do("approve grant A-1 --as zhou --key zhou.key")
    signing_office.do("key revoke K-3 --reason 丢失 --as zhou --key zhou.key", now=LATER)
    signing_office.do("approve commission --contract HT-1 --amount 100 --as lin --key lin.key", now=LATER)
    assert (
        signing_office.run("approve reject A-2 --as zhou --key zhou.key --reason 否", now=LATER).code == "key.not-yours"
    )
    assert findings(signing_office) == []


def test_a_key_that_others_may_read_signs_nothing(signing_office: Office) -> None:
    before = bodies(signing_office)
    (signing_office.folder / "zhou.key").chmod(0o644)
    assert signing_office.run("approve grant A-1 --as zhou --key zhou.key").code == "key.readable"
    assert bodies(signing_office) == before


@pytest.mark.file
def test_whoever_has_left_signs_nothing_more(signing_office: Office) -> None:
    signing_office.do("approve grant A-1 --as zhou --key zhou.key")
    granted = bodies(signing_office)[-1]
    signing_office.do("people close zhou --last-day 2012-05-09 --yes --as gm --key gm.key", now=LATER)
    entries, late = bodies(signing_office), "2012-06-01 09:00:00.000000"
    zhou = keyfile.opened(signing_office.folder / "zhou.key", lambda _path: "")
    facts = {name: value for name, value in granted.items() if name not in ("signature", "seq")} | {"at": late}
    seen = signing.Seen(*granted["signature"]["seen"])
    text = signing.text_of(signing_office.ask("ledger info")["id"], facts, seen)
    rewritten(signing_office, [*entries, {**facts, "signature": signing.kept(zhou.sign(text, APPROVAL), seen)}])
    assert "is signed by somebody who had left by then" in findings(signing_office)


def test_signatures_cannot_be_asked_for_before_two_can_sign(keyed: Office) -> None:
    assert keyed.run("key require --as gm").code == "key.not-ready"
    enter(keyed, "gm", "han")
    assert keyed.run("key require --as gm").code == "key.not-ready"
    assert keyed.run("key require --as zhou").code == "key.not-ready"
    enter(keyed, "han", "gm")
    keyed.do("key require --as gm")
    assert keyed.ask("ledger info")["identity"] == "key"
    again = keyed.do("key require --as gm --key gm.key")
    assert "nothing was written" in again.err


@pytest.mark.file
def test_a_new_ledger_signs_from_its_first_approved_key_on(empty_office: Office) -> None:
    """While a department is set up nobody can sign yet; from then on everybody must."""
    empty_office.ledger.unlink()
    empty_office.do("ledger init --identity key")
    empty_office.do("people add 沈国栋 --grade general_manager --alias gm")
    empty_office.do("people add 韩松 --grade hr --alias han --as gm")
    for name in ("gm", "han"):
        empty_office.do(f"key new --no-passphrase --file {name}.key")
        empty_office.do(f"key register {name} {name}.key.pub --as {name}")
    empty_office.do("key approve 1 --as han")
    assert empty_office.run("people add 周岚 --as han --key han.key").code == "key.not-yours"
    empty_office.do("key approve 2 --as gm --key gm.key")
    empty_office.do("people add 周岚 --as han --key han.key")
    assert findings(empty_office) == []


@pytest.mark.file
def test_a_restore_is_confirmed_with_a_signature(signing_office: Office) -> None:
    """Matrix, row backup restore: the second person signs that it is the right one; putting it back needs no key."""
    signing_office.do("ledger backup b.db")
    signing_office.do("ledger restore b.db --yes --as gm --force --why 试")
    assert signing_office.run("ledger confirm-restore --as zhou").code == "key.file"
    signing_office.do("ledger confirm-restore --as zhou --key zhou.key")
    assert bodies(signing_office)[-1]["signature"]["key"] == signing_office.ask("key show K-3")["fingerprint"]
    assert findings(signing_office) == []


@pytest.mark.file
def test_a_forged_entry_in_somebody_elses_name_fails(signing_office: Office) -> None:
    """d.4: a well-formed entry in another person's name passes triggers, chain and anchors; only a signature helps."""
    signing_office.do("approve grant A-1 --as zhou --key zhou.key")
    entries = bodies(signing_office)
    signed = entries[-1]
    forged = {**signed, "about": "A-1", "decision": {**signed["decision"], "answer": "rejected"}}
    cases = {
        "does not fit what it says": forged,
        "somebody else than who is said to act": {**signed, "actor": "P001"},
        "is not signed": {name: value for name, value in signed.items() if name != "signature"},
        "was not approved then": {**signed, "signature": {**signed["signature"], "key": "SHA256:" + "A" * 43}},
        "another history": {**signed, "signature": {**signed["signature"], "seen": [5, "0" * 64]}},
        "cannot be read": {**signed, "signature": {"key": signed["signature"]["key"]}},
    }
    for says, entry in cases.items():
        rewritten(signing_office, [*entries[:-1], entry])
        assert [one for one in findings(signing_office) if says in one], says
    rewritten(signing_office, entries)
    assert findings(signing_office) == []


@pytest.mark.file
def test_a_decision_under_another_name_is_found(signing_office: Office) -> None:
    """Whoever holds the file writes what an unsigned command could not."""
    entries = bodies(signing_office)
    signing_office.do("approve grant A-1 --as zhou --key zhou.key")
    granted = bodies(signing_office)[-1]
    bare = {name: value for name, value in granted.items() if name != "signature"}
    for disguise in ({"verb": "approve.submit"}, {"verb": "check.run", "decision": None}, {"actor": None},
                     {"verb": "receipt.log", "decision": None}):  # fmt: skip
        rewritten(signing_office, [*entries, {**bare, **disguise}])
        found = findings(signing_office)
        assert [one for one in found if "under another name" in one or "is not signed" in one], disguise


@pytest.mark.file
def test_what_was_decided_is_not_written_over_under_another_name(signing_office: Office) -> None:
    """Whoever holds the file raises what was granted; whoever asked revises what was returned, with a signature."""
    signing_office.do("approve return A-1 --reason 补证据 --as zhou --key zhou.key")
    signing_office.do("approve revise A-1 --amount 13000 --as lin --key lin.key")
    signing_office.do("approve grant A-1 --as zhou --key zhou.key")
    assert findings(signing_office) == []
    entries = bodies(signing_office)
    bare = {name: value for name, value in entries[-1].items() if name != "signature"}
    for write in (
        ["amend", "request", ["id", "amount"], [[1, 99_999_900]]],
        ["add", "request", ["id", "amount"], [[1, 99_999_900]]],
        ["amend", "ownership", ["id", "until_on"], [[1, "2012-05-08"]]],
        ["add", "ownership", ["id", "customer_id", "person_id"], [[1, 1, 2]]],
        ["amend", "receivable", ["id", "open", "cancelled_on", "cancelled_why"], [[1, 0, "2012-05-08", "x"]]],
        ["add", "receivable", ["id", "due_on"], [[1, "2013-05-30"]]],
        ["amend", "receipt", ["id", "amount"], [[1, 99_999_900]]],
        ["amend", "contract", ["id", "amount"], [[1, 99_999_900]]],
    ):
        rewritten(signing_office, [*entries, {**bare, "verb": "mail.try", "decision": None, "rows": [write]}])
        assert [one for one in findings(signing_office) if "under another name" in one], write


Rows = list[list[Any]]
LIN = 3  # the id of whoever forges


def forging(office: Office) -> Callable[[str, str, Rows], list[dict[str, Any]]]:
    """What makes a journal whose last entry 林静, who holds the file, wrote and signed with her own key."""
    before = bodies(office)
    lin = keyfile.opened(office.folder / "lin.key", lambda _path: "")
    ledger, head = office.ask("ledger info")["id"], journal.Head(0, journal.BEGINNING, "")
    for one in before:
        row = journal.entry(head, {name: value for name, value in one.items() if name != "seq"})
        head = journal.Head(row["seq"], row["hash"], "")
    seen = signing.Seen(head.seq, head.hash)

    def journal_with(verb: str, about: str, rows: Rows) -> list[dict[str, Any]]:
        facts = {**before[-1], "actor": "P003", "verb": verb, "about": about, "rows": rows, "decision": None}
        facts = {name: value for name, value in facts.items() if name not in ("seq", "signature")}
        made = lin.sign(signing.text_of(ledger, facts, seen), APPROVAL)
        return [*before, {**facts, "signature": signing.kept(made, seen)}]

    return journal_with


@pytest.mark.file
def test_a_power_that_somebody_signs_for_themselves_is_found(signing_office: Office) -> None:
    """Whoever holds the file and a key of their own signs what the program would refuse: a grade, a login, a key."""
    forged = forging(signing_office)
    signing_office.do("people promote chen account_director --from 2012-05-08 --as gm --key gm.key")
    promoted: Rows = bodies(signing_office)[-1]["rows"]
    standing = json.loads(json.dumps(promoted[1:]))
    standing[0][3][0][standing[0][2].index("person_id")] = LIN
    key = {"id": 6, "number": "K-6", "person_id": 2, "public": "x", "fingerprint": "y", "registered_on": "2012-05-08",
           "registered_at": "2012-05-08", "registered_by_id": 5, "approved_on": "2012-05-08",
           "approved_at": "2012-05-08", "approved_by_id": LIN, "revoked_on": None, "revoked_at": None,
           "revoked_by_id": None, "reason": ""}  # fmt: skip
    cases: tuple[tuple[str, str, str, Rows], ...] = (
        ("gives a power", "people.promote", "P003", standing),
        ("gives a power", "people.promote", "P004", promoted),
        ("approves a key", "key.approve", "K-6", [["add", "signing_key", list(key), [list(key.values())]]]),
        ("gives a power", "people.login", "P003", [
            ["add", "person_login", ["id", "person_id", "login"], [[9, LIN, "root"]]]]),
    )  # fmt: skip
    for says, verb, about, rows in cases:
        rewritten(signing_office, forged(verb, about, rows))
        found = findings(signing_office)
        assert [one for one in found if says in one], (about, found)
        assert not [one for one in found if "signature" in one], "it is theirs, and fits"


KEY = ("id", "person_id", "public")
ALTERED = "changes what stays as it was entered"
AMENDED: dict[str, tuple[str, str, Rows]] = {  # what somebody could want -> what is found, what is written
    "another grade": (ALTERED, "standing", [["id", "value"], [5, "general_manager"]]),
    "a grade of one's own, as if it had been there": (
        ALTERED, "standing", [["id", "person_id", "aspect", "value", "superior_id", "from_on", "until_on"],
                              [99, LIN, "grade", "general_manager", None, "2012-03-01", None]]),
    "the end of somebody's grade": ("gives a power", "standing", [["id", "until_on"], [1, "2012-05-01"]]),
    "somebody gone": ("gives a power", "person", [["id", "closed_on"], [1, "2012-05-01"]]),
    "the code of another": (ALTERED, "person", [["id", "code"], [LIN, "P001"]]),
    "the key of another": (ALTERED, "signing_key", [["id", "public", "fingerprint"], [1, "x", "y"]]),
    "one's key for another": (ALTERED, "signing_key", [["id", "person_id"], [4, 1]]),
    "a key as if nobody had approved it": (
        ALTERED, "signing_key", [["id", "approved_on", "approved_at", "approved_by_id"], [1, None, None, None]]),
    "a key as if nobody had revoked it": (
        ALTERED, "signing_key", [["id", "revoked_on", "revoked_at", "revoked_by_id"], [5, None, None, None]]),
    "a longer life of a revoked key": (ALTERED, "signing_key", [["id", "revoked_at"], [5, "2013-01-01 00:00:00"]]),
    "the key of another revoked": (
        "revokes a key", "signing_key",
        [["id", "revoked_on", "revoked_at", "revoked_by_id"], [1, "2012-05-08", "2012-05-08 01:00:00", LIN]]),
    "no more signatures": ("gives a power", "setting", [["id", "value"], [3, "declared"]]),
    "the login of another": ("gives a power", "person_login", [["id", "person_id"], [1, LIN]]),
    "another login": (ALTERED, "person_login", [["id", "login"], [1, "root"]]),
    "lent for longer": ("gives a power", "delegation", [["id", "until_on"], [1, "2013-01-01"]]),
    "lent to oneself": (ALTERED, "delegation", [["id", "deputy_id"], [1, LIN]]),
}  # fmt: skip


@pytest.mark.file
def test_what_gives_a_power_stays_as_it_was_entered(signing_office: Office) -> None:
    """Rows of staff, logins, loans and keys are not changed into others by whoever holds the file and a key."""
    enter(signing_office, "chen", "gm")
    for line in ("key revoke K-5 --reason lost", "people login chen somebody",
                 "delegation add chen --until 2012-06-01"):  # fmt: skip
        signing_office.do(f"{line} --as gm --key gm.key")
    forged = forging(signing_office)
    for wanted, (says, table, (columns, image)) in AMENDED.items():
        signed = forged("people.promote", "P003", [["amend", table, columns, [image]]])
        bare = {name: value for name, value in signed[-1].items() if name != "signature"}
        for last in (signed[-1], {**bare, "verb": "key.register"}):  # a verb that needs no signature
            rewritten(signing_office, [*signed[:-1], last])
            found = findings(signing_office)
            assert [one for one in found if says in one], (wanted, found)
    renamed = forged("people.promote", "P003", [["amend", "setting", ["id", "name"], [[1, "x"]]]])
    rewritten(signing_office, [*renamed, renamed[-1]])  # what is signed after that is of no ledger
    assert {ALTERED, "its signature does not fit what it says"} <= {*findings(signing_office)}
    again = [["add", "signing_key", [*KEY, "approved_by_id", "revoked_by_id"], [[1, 1, "x", None, None]]]]
    rewritten(signing_office, forged("key.register", "K-1", again))
    assert ALTERED in findings(signing_office)


@pytest.mark.file
def test_what_may_become_of_a_power_is_no_finding(signing_office: Office) -> None:
    """The control: grades that follow each other, a last day that is moved, what is lent ended, a login passed on."""
    for line in (
        "people promote chen account_director --from 2012-06-01",
        "people move chen --superior han --from 2012-06-01",
        "people enrol chen D --from 2012-05-08",
        "people login chen somebody",
        "delegation add chen --until 2012-06-01",
        "delegation end chen",
        "people close chen --last-day 2012-06-20 --yes",
        "people close chen --last-day 2012-06-25 --yes",
        "people close chen --last-day 2012-05-07 --yes",
        "people login han somebody",
    ):
        signing_office.do(f"{line} --as gm --key gm.key")
    signing_office.do("key revoke K-4 --reason lost --as lin --key lin.key")
    signing_office.do("key revoke K-3 --reason lost --as han --key han.key")
    assert findings(signing_office) == []


@pytest.mark.file
def test_hashing_anew_from_an_entry_on_breaks_every_later_signature(signing_office: Office) -> None:
    """d.4: rewriting entry k needs the keys of all who signed after it."""
    signing_office.do("approve grant A-1 --as zhou --key zhou.key")
    for amount in (101, 102, 103):
        signing_office.do(f"approve commission --contract HT-1 --amount {amount} --as lin --key lin.key", now=LATER)
    entries = bodies(signing_office)
    place = next(n for n, one in enumerate(entries) if one["verb"] == "receipt.log")
    rows = json.loads(json.dumps(entries[place]["rows"]).replace("18600000", "18600001"))
    rewritten(signing_office, [*entries[:place], {**entries[place], "rows": rows}, *entries[place + 1 :]])
    later = [one for one in entries[place + 1 :] if "signature" in one]
    assert len(later) == 5
    assert len([one for one in findings(signing_office) if "another history" in one]) == len(later)


@pytest.mark.file
def test_a_signature_for_another_purpose_or_by_a_revoked_key_fails(signing_office: Office) -> None:
    signing_office.do("approve grant A-1 --as zhou --key zhou.key")
    entries = bodies(signing_office)
    zhou = keyfile.opened(signing_office.folder / "zhou.key", lambda _path: "")
    seen = signing.Seen(*entries[-1]["signature"]["seen"])
    ledger = signing_office.ask("ledger info")["id"]
    text = signing.text_of(ledger, entries[-1], seen)
    for namespace, is_good in ((CHECKPOINT, False), (APPROVAL, True)):
        made = signing.kept(zhou.sign(text, namespace), seen)
        rewritten(signing_office, [*entries[:-1], {**entries[-1], "signature": made}])
        assert ("its signature does not fit what it says" not in findings(signing_office)) is is_good
    signing_office.do("key revoke K-3 --reason x --as gm --key gm.key")
    revoked = bodies(signing_office)[-1]
    moved = {**entries[-1], "signature": signing.kept(zhou.sign(text, APPROVAL), seen)}
    rewritten(signing_office, [*entries[:-1], revoked, moved])
    assert [one for one in findings(signing_office) if "revoked before" in one]


@pytest.mark.file
def test_without_the_library_verify_says_that_it_could_not_check(
    signing_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyfile, "find_spec", lambda name: None)
    said = signing_office.do("ledger verify").err
    assert "The signatures were not checked" in said
    entries = bodies(signing_office)
    rewritten(signing_office, [{name: one[name] for name in one if name != "signature"} for one in entries])
    assert [one for one in findings(signing_office) if "is not signed" in one], "that much can be seen without it"


def test_what_changes_between_signing_and_writing_is_not_written(
    signing_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request is revised while its decision is being signed: nothing is decided about what nobody has seen."""
    sign = keyfile.Signer.sign
    meanwhile = ["approve return A-1 --reason 改 --as gm --key gm.key",
                 "approve revise A-1 --amount 13019 --as lin --key lin.key"]  # fmt: skip

    def slow(signer: keyfile.Signer, text: bytes, namespace: str) -> Any:
        made = sign(signer, text, namespace)
        if b"what approve.grant" in text:
            while meanwhile:
                assert signing_office.run(meanwhile.pop(0)).status in (0, 7)
        return made

    monkeypatch.setattr(keyfile.Signer, "sign", slow)
    answer = signing_office.run("approve grant A-1 --as zhou --key zhou.key")
    assert (answer.status, answer.code) == (3, "key.changed"), answer
    assert signing_office.ask("approve show A-1")["state"] != "granted"
    assert findings(signing_office) == []


def test_what_others_write_meanwhile_about_something_else_is_no_hindrance(
    signing_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers and ids may have moved: the same decision is rehearsed and signed again, without asking."""
    sign = keyfile.Signer.sign
    meanwhile = ["approve commission --contract HT-1 --amount 13000 --as lin --key lin.key"]
    signed: list[bytes] = []

    def slow(signer: keyfile.Signer, text: bytes, namespace: str) -> Any:
        signed.append(text)
        made = sign(signer, text, namespace)
        if meanwhile:
            signing_office.do(meanwhile.pop(0))
        return made

    monkeypatch.setattr(keyfile.Signer, "sign", slow)
    signing_office.do("approve grant A-1 --as zhou --key zhou.key")
    assert len([text for text in signed if b"about A-1" in text]) == 2
    assert findings(signing_office) == []


@pytest.mark.file
def test_two_people_decide_at_once(signing_office: Office) -> None:
    """Case 1: one decision, signed; the other learns who was first."""
    import os
    import subprocess
    import sys

    run = [sys.executable, "-m", "salesctl", "approve", "grant", "A-1"]
    where = {**os.environ, "SALESCTL_LEDGER": str(signing_office.ledger), "SALESCTL_NOW": "2012-05-08T09:30"}
    both = [
        subprocess.Popen([*run, "--as", who, "--key", str(signing_office.folder / f"{who}.key")],
                         env=where, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for who in ("zhou", "gm")
    ]  # fmt: skip
    said = [(one.communicate()[1].decode(), one.returncode) for one in both]
    assert sorted(status for _text, status in said) in ([0, 2], [0, 3], [0, 7]), said
    decided = [one for one in bodies(signing_office) if one["verb"] == "approve.grant"]
    assert len([one for one in decided if one["decision"]["answer"] == "granted"]) == 1
    assert findings(signing_office) == []


@pytest.mark.file
def test_many_who_sign_at_once_all_get_through(signing_office: Office) -> None:
    """Whoever waited in line signs the same again at once: nobody is turned away, no clock is called wrong."""
    import os
    import subprocess
    import sys

    run = [sys.executable, "-m", "salesctl", "approve", "commission", "--contract", "HT-1", "--as", "lin"]
    where = {**os.environ, "SALESCTL_LEDGER": str(signing_office.ledger)}
    del where["SALESCTL_NOW"]
    key = str(signing_office.folder / "lin.key")
    crowd = [
        subprocess.Popen([*run, "--key", key, "--amount", f"130{n}0"], env=where, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE)
        for n in range(6)
    ]  # fmt: skip
    said = [(one.communicate()[1].decode(), one.returncode) for one in crowd]
    assert [status for _text, status in said] == [0] * 6, said
    assert findings(signing_office) == []
    assert "clock behind  0" in signing_office.do("ledger verify").out
