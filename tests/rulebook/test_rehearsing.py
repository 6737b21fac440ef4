"""What other figures would have done with the requests that were recorded."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Office

BANDS = (
    "[[authority.version]]\nfrom = 2012-04-13\nbands = ["
    "{ name = 'account_manager', through = 0.03, source = 'A-6.1' }, "
    "{ name = 'account_director', below = 0.08, source = 'A-6.2' }, "
    "{ name = 'general_manager', source = 'A-6.3' }]\n"
)


def test_requests_that_would_have_gone_elsewhere_are_listed(office: Office, tmp_path: Path) -> None:
    """3 % and 8 % instead of 5 % and 10 %: of four requests two, and what they come to; nothing is written."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "pack.toml").write_text('code = "own"\nextends = "A"\nname = { en = "Ours", zh_CN = "本公司" }\n', "utf-8")
    (own / "commission.toml").write_text(BANDS, "utf-8")
    for number, amount in enumerate(("3000", "3000.01", "7999.99", "8000"), 1):
        office.do(f"contract add HT-{number} --customer 云帆 --amount 200000 --signed 2012-04-16")
        office.do(f"receipt log 云帆 100000 --contract HT-{number} --date 2012-05-02 --overpayment --again --as gm")
        office.do(f"approve commission --contract HT-{number} --amount {amount} --as lin")
    before = office.ask("ledger info")["head"]
    found = office.do(["policy", "rehearse", str(own), "--since", "2012-05-01", "--format", "json"])
    assert [(one["number"], one["current"], one["proposed"]) for one in found.json] == [
        ("A-2", "account_manager", "account_director"),
        ("A-4", "account_director", "general_manager"),
    ]
    assert "looked at: 4; would have gone elsewhere: 2, 11,000.01 yuan" in found.err
    assert office.ask("ledger info")["head"] == before
    assert office.do(["policy", "rehearse", "A", "--since", "2012-05-01", "--format", "json"]).json == []
    late = office.do(["policy", "rehearse", str(own), "--since", "2012-05-09"])
    assert "looked at: 0" in late.err


def test_a_pack_with_faults_is_not_rehearsed(office: Office, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "pack.toml").write_text('code = "own"\nextends = "A"\nname = { en = "Ours", zh_CN = "本公司" }\n', "utf-8")
    (own / "commission.toml").write_text("[[authority.version]]\nbands = []\n", "utf-8")
    assert office.run(["policy", "rehearse", str(own), "--since", "2012-05-01"]).status == 2
    assert office.run("policy rehearse elsewhere --since 2012-05-01").code == "input.unknown"
