"""Which entries name a company (AMB-A1-a), asked through the program."""

from __future__ import annotations

import pytest

from tests.conftest import Office

NOON = "2012-04-16T12:00"
UNCLEAR = (
    *(
        "外出",
        "见客户",
        "拜访",
        "客户",
        "去国贸",
        "张总",
        "张总 上午",
        "国贸张总",
        "王经理",
        "李小明总监",
        "老张",
        "小王",
        "欧阳总",
    ),
    *(
        "拜访老客户沟通合作",
        "去找张总谈合作",
        "到北京见客户",
        "上海",
        "visit client",
        "Meeting",
        "AB",
        "3M",
        "外出、见客户",
    ),
    *("下午3点", "上午10点半", "某公司", "有限公司", "国贸", "--", "。。。", "去公司", "CBD"),
)
CLEAR = (
    *(
        "云帆",
        "北京云帆网络科技有限公司",
        "见客户 北京云帆网络科技有限公司",
        "见客户北京云帆网络科技有限公司",
        "云帆 张总",
        "云帆张总",
    ),
    *("去云帆", "拜访云帆", "云帆、远大", "C001", "云帆(国贸)", "去找云帆张总谈合作"),
    *(
        "新世界科技",
        "ABC",
        "ABC 上午",
        "和讯",
        "美的",
        "去哪儿",
        "北京化工",
        "三一重工",
        "58同城",
        "到家生活",
        "上海大众",
        "IBM中国",
    ),
)


@pytest.mark.parametrize("entry", UNCLEAR)
def test_these_entries_name_no_company(office: Office, entry: str) -> None:
    """A-1.3: they are recorded, and count as not filled in."""
    answer = office.do(["visit", "log", "--as", "lin", "--format", "json", "--", entry], now=NOON)
    assert answer.json["standing"] == "unclear"
    assert "names no company" in answer.err


@pytest.mark.parametrize("entry", CLEAR)
def test_these_entries_name_one(office: Office, entry: str) -> None:
    """A-1.2: a company of the register, or a new one."""
    assert office.do(["visit", "log", entry, "--as", "lin", "--format", "json"], now=NOON).json["standing"] == "valid"


def test_a_name_of_the_register_is_found_inside_an_entry(office: Office) -> None:
    for entry in ("云帆张总", "去云帆", "见客户北京云帆网络科技有限公司", "云帆 张总", "C001 张总", "北京云帆"):
        assert office.ask(f"visit log '{entry}' --as lin", now=NOON)["companies"] == "北京云帆网络科技有限公司"


def test_a_place_that_starts_a_customers_name_is_still_a_place(office: Office) -> None:
    """AMB-A1-a: 北京 alone is no company, though one customer's name begins so."""
    assert office.ask("visit log 北京 --as lin", now=NOON)["standing"] == "unclear"


def test_a_new_company_is_clear_and_named_as_unknown(office: Office) -> None:
    answer = office.do("visit log 云凡网络科技 --as lin", now=NOON)
    assert "not in the customer register" in answer.err
    assert "云帆网络科技" in answer.err


def test_a_text_that_starts_several_customers_stops_with_the_candidates(office: Office) -> None:
    office.do("customer add 云帆传媒有限公司 --distinct")
    office.do("customer add 云帆影视有限公司 --distinct")
    office.do("customer add 天一影视 --alias 天一")
    for entry in ("C00", "见客户 C00"):
        answer = office.run(["visit", "log", entry, "--as", "lin"], now=NOON)
        assert (answer.status, answer.code, answer.out) == (2, "input.ambiguous", "")
    assert office.ask("visit log '天一 C00' --as lin", now=NOON)["standing"] == "valid"
    assert len(office.ask("visit list", now=NOON)) == 1


def test_a_companys_own_words_can_be_added(office: Office) -> None:
    """AMB-A1-a: the register wins over the word lists."""
    assert office.ask("visit log 国贸 --as lin", now=NOON)["standing"] == "unclear"
    office.do("customer alias 云帆 国贸")
    assert office.ask("visit log 国贸 --as lin --again", now=NOON)["standing"] == "valid"


@pytest.mark.parametrize("entry", ["", "  ", "云帆\u202e", "云\x1b帆", "А" + "BC", "云" * 201])
def test_an_entry_that_cannot_be_meant_is_refused(office: Office, entry: str) -> None:
    answer = office.run(["visit", "log", entry, "--as", "lin"], now=NOON)
    assert answer.status == 2
    assert "Traceback" not in answer.err
    assert office.ask("visit list", now=NOON) == []
