"""`policy adopt`: a company's own figures hold from the moment they are adopted."""

from __future__ import annotations

from pathlib import Path

from salesctl.policy.policy import SHIPPED
from tests.conftest import Office
from tests.policy.folders import COMPANY
from tests.rulebook.test_policy import write


def entries(office: Office) -> int:
    return int(office.ask("ledger info")["entries"])


def pack(office: Office, closing: str = "18:00:00", **files: str) -> Path:
    own = {**COMPANY, "visits.toml": f"[[close_of_business.version]]\nvalue = {closing}", **files}
    return write(office.folder / "own", own)


def closing(office: Office) -> list[str]:
    return [version["value"] for version in office.ask("policy show A.visits.close_of_business")]


def test_a_general_manager_sets_the_companys_figures(office: Office) -> None:
    """AMB-A1-e: the closing time is unset until then."""
    assert closing(office) == []
    done = office.ask(f"policy adopt {pack(office)} --as gm")
    assert (done["pack"], done["extends"]) == ("own", "A")
    assert closing(office) == ["18:00"]
    assert office.ask("policy show A.commission.shortfall_fine --on 2012-06-01")[1]["value"] == "3"


def test_the_newest_content_of_a_pack_holds(office: Office) -> None:
    office.do(f"policy adopt {pack(office)} --as gm")
    office.do(f"policy adopt {pack(office, '17:30:00')} --as gm")
    assert closing(office) == ["17:30"]
    office.do(f"policy adopt {pack(office)} --as gm")
    assert closing(office) == ["18:00"]


def test_adopting_the_same_content_again_writes_nothing(office: Office) -> None:
    office.do(f"policy adopt {pack(office)} --as gm")
    before = entries(office)
    again = office.do(f"policy adopt {pack(office)} --as gm")
    assert "nothing was written" in again.err
    assert entries(office) == before


def test_nobody_below_a_general_manager_may(office: Office) -> None:
    """Refused, recorded, exit 7; the figure does not change."""
    before = entries(office)
    answer = office.run(f"policy adopt {pack(office)} --as zhou")
    assert (answer.status, answer.code) == (7, "policy.may-not-adopt")
    assert "account director" in answer.err
    assert entries(office) == before + 1
    assert closing(office) == []
    assert office.ask("ledger history own")[0]["actor"] == "P002"


def test_a_grade_counts_on_the_day_it_is_held(office: Office) -> None:
    office.do("people promote zhou general_manager --from 2012-07-01")
    assert office.run(f"policy adopt {pack(office)} --as zhou", now="2012-06-30T09:00").status == 7
    assert office.run(f"policy adopt {pack(office)} --as zhou", now="2012-07-01T09:00").status == 0


def test_while_there_is_no_general_manager_anybody_sets_the_department_up(empty_office: Office) -> None:
    empty_office.do(f"policy adopt {pack(empty_office)}")
    assert closing(empty_office) == ["18:00"]
    empty_office.do("people add 沈国栋 --grade general_manager --alias gm")
    nobody = empty_office.run(f"policy adopt {pack(empty_office, '17:30:00')}")
    assert (nobody.status, nobody.code) == (2, "desk.nobody")


def test_a_pack_with_faults_is_refused_with_all_of_them(office: Office) -> None:
    before = entries(office)
    answer = office.run(f"policy adopt {pack(office, '25', **{'odd.toml': '[x'})} --as gm")
    assert (answer.status, answer.code, answer.out) == (2, "policy.faulty-pack", "")
    assert "visits.toml  [close_of_business]" in answer.err
    assert "odd.toml" in answer.err
    assert entries(office) == before


def test_two_packs_of_a_company_never_set_the_same_figure(office: Office) -> None:
    office.do(f"policy adopt {pack(office)} --as gm")
    other = write(office.folder / "other", {**COMPANY, "pack.toml": COMPANY["pack.toml"].replace('"own"', '"other"')})
    answer = office.run(f"policy adopt {other} --as gm")
    assert answer.status == 2
    assert "A.visits.close_of_business is set by the pack own as well" in answer.err


def test_what_was_adopted_is_checked_with_the_rest(office: Office) -> None:
    office.do(f"policy adopt {pack(office)} --as gm")
    assert office.do("policy check").err == f"Packs checked: {len(SHIPPED) + 1}; faults: 0.\n"


def test_every_entry_names_the_packs_it_rests_on(office: Office) -> None:
    """The digest of the company's pack is part of the journal from then on."""
    office.do(f"policy adopt {pack(office)} --as gm")
    assert "own" in office.ask("ledger info")["packs"]
    assert office.run("ledger verify").status == 0


def test_a_rehearsal_writes_nothing(office: Office) -> None:
    before = entries(office)
    office.do(f"policy adopt {pack(office)} --as gm --dry-run")
    assert entries(office) == before
    assert closing(office) == []
