"""Whatever is lost, whoever bears it: the shares in the ledger are the loss, to the fen (AMB-E-o, K-3)."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import integers, none, sampled_from

from salesctl.policy.units import parse_money, plain_yuan
from tests.conftest import Office

NOW = "2013-05-07T10:00"
LOSSES = ("H-1", "H-1 --known", "H-1 --customer 全城", "H-1 --customer 远大 --finance-error",
          "H-1 --customer 全城 --finance-error", "H-1 --known --finance-error")  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    which=integers(1, len(LOSSES)),
    amount=integers(1, 10**14 - 1) | integers(1, 500),
    back=integers(0, 10**14) | integers(0, 400),
    gravity=none() | sampled_from(["half", "full"]),
)
def test_the_shares_are_the_loss(
    handed: Office, sign: Callable[[str], None], which: int, amount: int, back: int, gravity: str | None
) -> None:
    """E-15b, E-17a, E-17b, E-20: valued and split again and again, none below nothing, nothing left over."""
    if not handed.ask("loss list", now=NOW):
        sign("2013-02-01")
        for options in LOSSES:
            handed.do(f"loss report {options} --text x --evidence y --as chen", now=NOW)
    number, recovered = f"LS-{which}", min(back, amount - 1)
    wanted = f"--amount {plain_yuan(amount)} --recovered {plain_yuan(recovered)}"
    handed.do(f"loss value {number} {wanted} --as qian", now=NOW)
    error = "--error-by head_office_commerce" if which == 5 else ""
    row = handed.ask(f"loss split {number} {error} --as qian", now=NOW)
    if gravity and which >= 4:
        row = handed.ask(f"loss gravity {number} {gravity} --post-wage 4100.01 --as gm", now=NOW)
        proposed = [share["post_wage"] for share in row["shares"] if share["post_wage"]]
        assert proposed == [{"half": "2050.01", "full": "4100.01"}[gravity]]
    parts = [parse_money(share["amount"]) for share in row["shares"]]
    assert sum(parts) == amount - recovered == parse_money(row["net"])
    assert min(parts) >= 0
