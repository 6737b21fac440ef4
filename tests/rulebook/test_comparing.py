"""What other figures would change: values, and worked examples."""

from __future__ import annotations

from salesctl.policy.policy import SHIPPED
from tests.conftest import Office
from tests.policy.folders import BOTH
from tests.rulebook.test_policy import write

TIGHTER = {
    "pack.toml": f'code = "tight"\nextends = "A"\nname = {BOTH}',
    "commission.toml": """
[[authority.version]]
from  = 2012-05-01
bands = [
  { name = "account_manager", through = 0.03, source = "A-6.1" },
  { name = "account_director", below = 0.08, source = "A-6.2" },
  { name = "general_manager", source = "A-6.3" },
]
""",
}


def test_the_two_versions_of_regulation_a_differ_in_the_period_of_a_bad_debt(office: Office) -> None:
    """AMB-A8-d: one figure, and the examples that rest on it."""
    rows = office.ask("policy compare A A2 --cases")
    assert [(row["name"], row["first"], row["second"]) for row in rows if row["what"] == "figure"] == [
        ("A.bad_debts.period", ["year"], ["any"])
    ]
    assert all(row["first"] != row["second"] for row in rows)


def test_a_pack_is_the_same_as_itself(office: Office) -> None:
    assert office.ask("policy compare now A2") == []


def test_a_folder_is_compared_before_it_is_adopted(office: Office) -> None:
    """Every span in which a figure differs, and every example that comes out differently."""
    folder = write(office.folder / "tight", TIGHTER)
    rows = office.ask(f"policy compare now {folder} --cases")
    (figure,) = (row for row in rows if row["what"] == "figure")
    assert (figure["name"], figure["from"], figure["until"]) == ("A.commission.authority", "2012-05-01", None)
    assert figure["first"][0].endswith("<= 0.05")
    assert figure["second"][0].endswith("<= 0.03")
    changed = {row["name"]: (row["first"], row["second"]) for row in rows if row["what"] == "case"}
    exactly_5 = "EX-A6-1, AMB-A6-a: exactly 5 % of 186 000.00 stays with the account manager"
    assert changed[exactly_5] == (["account_manager"], ["account_director"])
    assert not any("A10" in name for name in changed)


def test_an_adopted_pack_is_compared_by_its_code(office: Office) -> None:
    folder = write(office.folder / "tight", TIGHTER)
    office.do(f"policy adopt {folder} --as gm")
    assert [row["name"] for row in office.ask("policy compare A2 tight")] == ["A.commission.authority"]
    assert office.ask("policy compare now tight") == []


def test_a_pack_that_is_faulty_or_unknown_is_refused(office: Office) -> None:
    folder = write(office.folder / "bad", {**TIGHTER, "commission.toml": "[[authority.version]]\nbands = []"})
    assert office.run(f"policy compare now {folder}").code == "policy.faulty-pack"
    assert office.run("policy compare now nothing").code == "input.unknown"


def test_a_pack_is_shown_by_its_code(office: Office) -> None:
    pack = office.ask("policy show a2")
    assert (pack["pack"], pack["extends"], pack["figures"]) == ("A2", "A", 1)
    assert office.ask("policy show D")["starts"] == "all_signed"
    assert office.ask("policy show A")["unset"]
    assert len(SHIPPED) == 8
