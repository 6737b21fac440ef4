"""Keys are registered as a proposal, approved by a second person, revoked; the ledger keeps when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, Refused, SalesctlError
from salesctl.keys import rules
from salesctl.keys.rows import SigningKey
from salesctl.ledger.lookup import Series, numbered
from salesctl.ledger.rows import Setting
from salesctl.ledger.signing import IDENTITY
from salesctl.people.actions import person
from salesctl.people.rows import Person
from salesctl.people.standings import HOLDS, standing, still_here
from salesctl.policy.kinds import ADMINISTRATORS
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import datetime

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction
    from salesctl.ledger.sshsig import PublicKey

KEYS = Series(N_("key"), "K", "salesctl key list")
OTHERS = (
    f"SELECT count(*) FROM standing s JOIN person p ON p.id = s.person_id WHERE s.aspect = 'grade' AND {HOLDS} "
    f"AND s.value IN {ADMINISTRATORS} AND (p.closed_on IS NULL OR p.closed_on > :day) "
    "AND p.id <> :owner AND (:registrar IS NULL OR p.id <> :registrar)"
)


class KeyTaken(SalesctlError):
    """One key is one person's, for ever."""

    code, status = "key.taken", WRONG
    says = N_("This key is {number} of {person} already.")
    hint = N_("Make another with `salesctl key new`; a key that was revoked does not come back.")


class NotProposed(SalesctlError):
    """A key that waits for nobody."""

    code, status = "key.decided", WRONG
    says = N_("{number} is {state} since {day}.")
    hint = N_("`salesctl key show {number}` shows who said so.")


class NotTheirKey(SalesctlError):
    """A key is proposed by its owner, or by whoever administers staff."""

    code, status = "key.not-theirs", WRONG
    says = N_("{who} cannot register a key for {person}.")
    hint = N_("{person} does it, or a general manager, hr or administration.")


class MayNot(Refused):
    """Somebody who may neither approve nor revoke this key; the attempt is recorded."""

    code = "key.refused"
    says = N_("{person} may not decide on {number}: {why} (K-12).")
    hint = N_("A second person of the grade general_manager, hr or administration may.")


class NotReady(SalesctlError):
    """Signatures cannot be asked for before those who vouch for keys can sign."""

    code, status = "key.not-ready", WRONG
    says = N_("Decisions cannot be signed yet: {why}.")
    hint = N_("Two people who may approve keys need an approved key of their own: salesctl key list")


class Held(Record):
    """A key, its owner, and how it stands."""

    key: SigningKey
    owner: Person
    state: str  # proposed, approved, revoked


def register(desk: Desk, who: str, key: PublicKey) -> Held:
    """Propose a key of a person; until somebody else approves it, it signs nothing.

    Raises:
        KeyTaken: it was registered before.
        NotTheirKey: whoever acts neither owns it nor administers staff.
    """
    with desk.ledger.transaction("key.register", desk) as tx:
        owner = still_here(person(tx, who), desk.present_day)
        acting = desk.actor
        if acting and acting.id != owner.key and _grade(tx, desk, acting.id) not in ADMINISTRATORS:
            raise NotTheirKey(who=acting.name, person=owner.name)
        if known := tx.find(SigningKey, fingerprint=key.fingerprint):
            raise KeyTaken(number=known.number, person=tx.one(Person, id=known.person_id).name)
        added = tx.add(
            SigningKey(
                number=f"K-{tx.next_id(SigningKey)}",
                person_id=owner.key,
                public=key.line,
                fingerprint=key.fingerprint,
                registered_on=desk.present_day,
                registered_at=tx.now,
                registered_by_id=acting.id if acting else None,
            )
        )
        tx.about = added.number
        return Held(added, owner, state_of(added))


def approve(desk: Desk, number: str) -> Held:
    """Vouch that a key is its owner's, or record that this person may not.

    Raises:
        NotProposed: it was approved or revoked before.
        MayNot: the rule refuses; the refusal is recorded.
    """
    with desk.ledger.transaction("key.approve", desk) as tx:
        one = numbered(tx, SigningKey, KEYS, number)
        _expect(one, "proposed")
        verdict = tx.record(rules.may_approve(_voucher(tx, desk, one)), one.number, fingerprint=one.fingerprint)
        if verdict.value == "approved":
            by = {"approved_on": desk.present_day, "approved_at": tx.now, "approved_by_id": desk.somebody.id}
            tx.amend(one, **by)
        found = Held(one, tx.one(Person, id=one.person_id), state_of(one))
    if verdict.value != "approved":
        raise MayNot(person=desk.somebody.name, number=one.number, why=verdict.steps[-1].note)
    return found


def revoke(desk: Desk, number: str, reason: str) -> Held:
    """End a key, or a proposal, at once; what it signed before stays signed.

    Raises:
        NotProposed: it was revoked before.
        MayNot: the rule refuses; the refusal is recorded.
    """
    with desk.ledger.transaction("key.revoke", desk) as tx:
        one = numbered(tx, SigningKey, KEYS, number)
        _expect(one, "proposed", "approved")
        verdict = tx.record(rules.may_revoke(_voucher(tx, desk, one)), one.number, fingerprint=one.fingerprint)
        if verdict.value == "revoked":
            by = {"revoked_on": desk.present_day, "revoked_at": tx.now, "revoked_by_id": desk.somebody.id}
            tx.amend(one, reason=reason, **by)
        found = Held(one, tx.one(Person, id=one.person_id), state_of(one))
    if verdict.value != "revoked":
        raise MayNot(person=desk.somebody.name, number=one.number, why=verdict.steps[-1].note)
    return found


def require(desk: Desk) -> bool:
    """From now on every decision is signed; it does not go back. Whether that is new.

    Raises:
        NotReady: whoever acts does not administer staff, or fewer than two people who may approve keys could sign.
    """
    with desk.ledger.transaction("key.require", desk) as tx:
        identity = tx.one(Setting, name="identity")
        if identity.value == IDENTITY:
            return False
        who = desk.somebody
        if _grade(tx, desk, who.id) not in ADMINISTRATORS:
            raise NotReady(why=rules.NOT_THEIRS)
        able = {one.person_id for one in tx.all(SigningKey, "approved_at IS NOT NULL AND revoked_at IS NULL")}
        if who.id not in able:
            raise NotReady(why=N_("you have no approved key"))
        if len([one for one in able if _grade(tx, desk, one) in (*ADMINISTRATORS, rules.SECOND)]) < 2:
            raise NotReady(why=N_("nobody else who could approve a key has one"))
        if identity.value != "declared":
            tx.add(Setting(name="logins", value=identity.value))
        tx.amend(identity, value=IDENTITY)
        tx.about = "identity"
        return True


def held(view: Reading) -> list[Held]:
    """Every key there ever was, with its owner."""
    owners = {one.key: one for one in view.all(Person, "id IN (SELECT person_id FROM signing_key)")}
    return [Held(one, owners[one.person_id], state_of(one)) for one in view.all(SigningKey)]


def key_of(view: Reading, number: str) -> Held:
    """The key of a number."""
    one = numbered(view, SigningKey, KEYS, number)
    return Held(one, view.one(Person, id=one.person_id), state_of(one))


def called(view: Reading, who: int | None) -> str:
    """Code and name of a person; empty for nobody."""
    if who is None:
        return ""
    one = view.one(Person, id=who)
    return f"{one.code} {one.name}"


def state_of(one: SigningKey) -> str:
    """How a key stands."""
    return "revoked" if one.revoked_at else "approved" if one.approved_at else "proposed"


def since(one: SigningKey) -> datetime:
    """Since when it stands so."""
    return one.revoked_at or one.approved_at or one.registered_at


def _expect(one: SigningKey, *states: str) -> None:
    if (state := state_of(one)) not in states:
        raise NotProposed(number=one.number, state=state, day=(one.revoked_on or one.approved_on))


def _voucher(tx: Transaction, desk: Desk, one: SigningKey) -> rules.Voucher:
    who = desk.somebody.id
    closed_on = tx.one(Person, id=who).closed_on
    others = tx.value(OTHERS, day=desk.present_day, owner=one.person_id, registrar=one.registered_by_id)
    is_closed = closed_on is not None and closed_on <= desk.present_day
    return rules.Voucher(who, _grade(tx, desk, who), is_closed, one.person_id, one.registered_by_id, others)


def _grade(view: Reading, desk: Desk, who: int) -> str:
    return standing(view, who, "grade", desk.present_day)
