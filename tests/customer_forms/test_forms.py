"""The form of a new customer: complete, then signed by three in one order (E-7, SM-26)."""

from __future__ import annotations

import io
import shlex
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.conftest import Office

ALL = (
    "licence=110108001234567 address=北京市海淀区中关村大街1号 business=数据服务 contact=王敏 phone=010-62345678 "
    "tax_number=110108123456789 bank_account=工行中关村支行/0200001 payment_terms=30天"
)
SET = " ".join(f"--set {part}" for part in ALL.split())


@pytest.fixture
def begun(office: Office) -> Office:
    """The form of 云帆 with every field that is wanted; 林静 serves it, 周岚 is her superior."""
    office.do(f"customer form start 云帆 {SET} --as lin")
    return office


def shown(office: Office, number: str = "CF-1") -> dict[str, Any]:
    found: dict[str, Any] = office.ask(f"customer form show {number}")
    return found


def test_signed_out_of_order_it_is_refused_at_the_second_signature(begun: Office) -> None:
    """EX-E-12: salesperson, manager; then salesperson, superior, manager is complete."""
    begun.do("customer form sign CF-1 --as lin")
    refused = begun.run("customer form sign CF-1 --as gm")
    assert (refused.status, refused.code) == (7, "customer-form.refused")
    assert "out of its order" in refused.err
    assert "周岚" in refused.err
    begun.do("customer form sign CF-1 --as zhou")
    done = begun.ask("customer form sign CF-1 --as gm")
    assert done["state"] == "manager"
    assert [done[name] for name in ("salesperson", "superior", "manager")] == [
        "P003 林静 2012-05-08",
        "P002 周岚 2012-05-08",
        "P001 沈国栋 2012-05-08",
    ]
    why = str(begun.ask("why CF-1"))
    assert "refused" in why
    assert "E-7" in why


def test_an_incomplete_form_is_not_signed(office: Office) -> None:
    """E-7: what is wanted and empty is named; what may stay empty holds nothing up."""
    begun = office.do("customer form start 云帆 --set contact=王敏 --as lin --format json")
    assert (begun.json["state"], begun.json["empty"], begun.json["company"]) == (
        "incomplete",
        7,
        "北京云帆网络科技有限公司",
    )
    assert "business licence number" in begun.err
    assert "delivery address" not in begun.err
    refused = office.run("customer form sign CF-1 --as lin")
    assert (refused.status, refused.code) == (7, "customer-form.refused")
    assert "not complete" in refused.err
    office.do(f"customer form fill 云帆 {SET} --as lin")
    assert shown(office)["state"] == "complete"
    office.do("customer form sign 云帆 --as lin")


@pytest.mark.parametrize("order", list(permutations(("lin", "zhou", "gm"))), ids="-".join)
def test_in_whatever_order_they_come_they_sign_in_one(begun: Office, order: tuple[str, ...]) -> None:
    """E-7: each signature that holds stands after those before it, and whoever came too early comes again."""
    in_turn = iter(("lin", "zhou", "gm"))
    coming = next(in_turn)
    for who in order:
        answer = begun.run(f"customer form sign CF-1 --as {who}")
        assert (answer.status == 0) == (who == coming)
        coming = next(in_turn, "") if who == coming else coming
    assert (shown(begun)["state"] == "manager") == (order == ("lin", "zhou", "gm"))


@pytest.mark.parametrize("who", ["chen", "xiang", "zhou"])
def test_only_whoever_is_next_signs(begun: Office, who: str) -> None:
    """E-7: neither a colleague nor the superior before the salesperson."""
    refused = begun.run(f"customer form sign CF-1 --as {who}")
    assert (refused.status, refused.code) == (7, "customer-form.refused")
    assert shown(begun)["state"] == "complete"


def test_nobody_signs_twice(begun: Office) -> None:
    """E-7."""
    begun.do("customer form sign CF-1 --as lin")
    assert begun.run("customer form sign CF-1 --as lin").status == 7


def test_filled_in_anew_it_is_signed_anew(begun: Office) -> None:
    """E-7: signatures bind what the form says; even where it comes to say the same again."""
    begun.do("customer form sign CF-1 --as lin")
    same = begun.run("customer form fill CF-1 --set contact=王敏 --as lin")
    assert (same.status, same.code) == (2, "customer-form.same")
    assert shown(begun)["state"] == "salesperson"
    assert "signed by the salesperson" in begun.do("customer form show CF-1").out
    begun.do("customer form fill CF-1 --set contact=李强 --as lin")
    assert shown(begun)["state"] == "complete"
    begun.do("customer form fill CF-1 --set contact=王敏 --as lin", now="2012-05-08T09:05")
    assert shown(begun)["state"] == "complete"
    begun.do("customer form sign CF-1 --as lin", now="2012-05-08T09:06")


def test_an_emptied_field_is_empty(begun: Office) -> None:
    assert begun.ask("customer form fill CF-1 --set contact= --as lin")["state"] == "incomplete"


def test_whoever_serves_the_customer_that_day_is_the_salesperson(begun: Office) -> None:
    """E-7: after a transfer the new one signs; what was signed holds."""
    begun.do("customer form sign CF-1 --as lin")
    begun.do("customer transfer 云帆 --to chen --from 2012-05-08 --as gm")
    begun.do("customer form sign CF-1 --as zhou")
    assert shown(begun)["salesperson"] == "P003 林静 2012-05-08"


def test_where_nobody_stands_above_the_superior_signs_as_the_manager_too(begun: Office) -> None:
    """E-7: 向红 reports to the general manager, who has nobody above."""
    begun.do("customer add 深圳山海科技有限公司 --owner xiang --alias 山海 --as gm")
    begun.do(f"customer form start 山海 {SET} --as xiang")
    for who in ("xiang", "gm", "gm"):
        begun.do(f"customer form sign CF-2 --as {who}")
    assert shown(begun, "CF-2")["state"] == "manager"


def test_the_list_names_what_is_not_signed_by_all(begun: Office) -> None:
    begun.do("customer form start 易购 --as chen")
    assert [one["number"] for one in begun.ask("customer form list --open")] == ["CF-1", "CF-2"]
    for who in ("lin", "zhou", "gm"):
        begun.do(f"customer form sign CF-1 --as {who}")
    assert [one["number"] for one in begun.ask("customer form list --open")] == ["CF-2"]
    assert [one["empty"] for one in begun.ask("customer form list")] == [0, 8]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("start 云帆 --as lin", "customer-form.exists"),
        ("start 无此公司 --as lin", "input.unknown"),
        ("start 远大 --set colour=red --as lin", "input.unknown"),
        ("start 远大 --set contact --as lin", "input.invalid"),
        ("fill CF-1 --as lin", "input.invalid"),
        ("fill CF-1 --set =x --as lin", "input.invalid"),
        ("fill 远大 --set contact=x --as lin", "customer-form.none"),
        ("fill CF-7 --set contact=x --as lin", "input.unknown"),
        ("fill CF-1 --set contact=x --as lin --on 2012-05-07", "customer-form.day"),
        ("sign CF-1 --as lin --on 2012-05-09", "customer-form.day"),
        ("print CF-1 form.doc", "forms.suffix"),
    ],
)
def test_what_cannot_be_is_not_written(begun: Office, line: str, code: str) -> None:
    before = begun.do("ledger history").out
    answer = begun.run(["customer", "form", *shlex.split(line)])
    assert (answer.status, answer.code) == (2, code)
    assert begun.do("ledger history").out == before


def test_it_is_printed_with_the_names_of_those_who_signed(begun: Office, tmp_path: Path) -> None:
    """E-7: the 《客户信息表》 in both languages; that it was printed is recorded."""
    begun.do("customer form sign CF-1 --as lin")
    file = tmp_path / "form.xlsx"
    begun.do(["customer", "form", "print", "CF-1", str(file)])
    sheet = load_workbook(io.BytesIO(file.read_bytes())).active
    assert sheet is not None
    said = "\n".join(str(cell) for row in sheet.values for cell in row if cell is not None)
    for text in ("客户信息表", "Customer information form", "110108001234567", "P003 林静", "上级主管", "E-7"):
        assert text in said
    assert "form-print" in begun.do("ledger history").out
    pdf = tmp_path / "form.pdf"
    begun.do(["customer", "form", "print", "云帆", str(pdf)])
    assert pdf.read_bytes().startswith(b"%PDF")


def test_the_noun_stands_under_its_customer(office: Office) -> None:
    """`customer --help` names it, and a slip is put right."""
    assert "form" in office.do("customer --help").out
    assert "fill" in office.do("customer form --help").out
    assert office.run("customer form sing CF-1").code == "usage"
    assert "customer form" not in office.do("--help").out


def test_fields_are_named_as_the_form_prints_them(office: Office) -> None:
    """E-7: in either language; a slip is answered with the names of both."""
    office.do("customer form start 云帆 --set 联系人=王敏 --set 'tax number'=91110 --as lin")
    told = office.do("customer form show CF-1", lang="zh_CN").out
    assert "王敏" in told
    assert "91110" in told
    slip = office.run("customer form fill CF-1 --set 电话号=1 --as lin", lang="zh_CN")
    assert slip.status == 2
    assert "联系电话（phone）" in slip.err
