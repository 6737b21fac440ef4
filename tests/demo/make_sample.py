"""Make the sample department's files anew: 12 people, 60 customers, the second quarter of 2012.

Every name is invented. The same seed gives the same department.
"""

from __future__ import annotations

import csv
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from salesctl.policy.calendar import Calendar

SAMPLE = Path(__file__).parent / "sample"
FIRST, LAST = date(2012, 4, 16), date(2012, 6, 29)

PEOPLE = (  # name, code, grade, department, superior, also called
    ("沈国栋", "shen", "general_manager", "总经理室", "", "沈总"),
    ("周岚", "zhou", "account_director", "客户部", "shen", "周总监"),
    ("韩松", "han", "account_director", "客户二部", "shen", "韩总监"),
    ("林静", "lin", "account_manager", "客户部", "zhou", ""),
    ("陈涛", "chen", "account_manager", "客户部", "zhou", ""),
    ("吴敏", "wu", "account_manager", "客户部", "zhou", ""),
    ("郑凯", "zheng", "account_manager", "客户二部", "han", ""),
    ("孙雅", "sun", "account_manager", "客户二部", "han", ""),
    ("罗颖", "luo", "account_executive", "客户部", "zhou", ""),
    ("何洁", "he", "support_supervisor", "客户支持部", "shen", ""),
    ("梁宇", "liang", "support_staff", "客户支持部", "he", ""),
    ("马丽", "ma", "finance", "财务部", "shen", ""),
)
BRANDS = (
    "云帆 远大 易购 新禾 博雅 瑞丰 天泽 华晨 金桥 启明 星河 绿洲 东篱 南山 朗润 恒通 嘉禾 明德 慧聪 凯旋 "
    "盛唐 鼎新 联创 万象 锦程 文汇 海纳 方舟 青禾 四季 佳美 正大 中科 亿阳 卓越 飞扬 同舟 百川 鸿图 清源 "
    "宏远 晨光 伟业 春晖 致远 永昌 佰乐 优品 尚品 康宁 爱家 乐游 途安 智联 华彩 金穗 天工 格致 明珠 时代"
).split()
TRADES = ("网络科技", "传媒", "电子商务", "广告", "教育咨询", "旅游", "信息技术", "商贸", "医疗科技", "家居用品")
FORMS = ("有限公司", "有限公司", "有限公司", "股份有限公司", "有限责任公司")
CITIES = ("北京", "北京", "北京", "上海", "广州", "深圳", "天津", "杭州")
CHANNELS = ("外围", "外围", "网销", "IT渠道", "3C卖场")
MANAGERS = ("林静", "陈涛", "吴敏", "郑凯", "孙雅")


def customers(dice: random.Random) -> list[tuple[str, ...]]:
    """Name, short name, manager, kind, channel."""
    rows: list[tuple[str, ...]] = []
    for number, brand in enumerate(BRANDS):
        name = f"{dice.choice(CITIES)}{brand}{dice.choice(TRADES)}{dice.choice(FORMS)}"
        rows.append((name, brand, MANAGERS[number % 5], dice.choice(("平台", "数据库")), dice.choice(CHANNELS)))
    return rows


def contracts(dice: random.Random, served: list[tuple[str, ...]]) -> list[tuple[Any, ...]]:
    """Number, customer, manager, amount, day."""
    rows = []
    for number, (name, _brand, manager, *_rest) in enumerate(dice.sample(served, 40), 1):
        signed = date(2011, 9, 1) + timedelta(days=dice.randrange(230))
        rows.append((f"HT-2012-{number:03d}", name, manager, dice.randrange(40, 400) * 1000, signed))
    rows[17] = ("HT-2012-018", served[0][0], served[0][2], 200000, date(2012, 3, 26))
    return sorted(rows)


def receivables(dice: random.Random, signed: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Invoice, customer, contract, amount, issue day, due day: each contract in two or three instalments."""
    rows: list[tuple[Any, ...]] = []
    for contract, customer, _manager, amount, day in signed:
        parts = dice.choice((2, 3))
        for part in range(parts):
            share = amount // parts if part else amount - amount // parts * (parts - 1)
            issued = day + timedelta(days=20 + 45 * part)
            if issued <= LAST:
                rows.append(
                    (f"FP{len(rows) + 20120001}", customer, contract, share, issued, issued + timedelta(days=30))
                )
    return rows


def receipts(dice: random.Random, owed: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Bank number, customer, amount, day, invoice: most are paid, some in part, some not at all."""
    rows: list[tuple[Any, ...]] = []
    for invoice, customer, contract, amount, _issued, due in owed:
        if contract == "HT-2012-018":
            luck, late = 0.0, -5
        else:
            luck, late = dice.random(), dice.randrange(-10, 70)
        day = due + timedelta(days=late)
        if luck < 0.62 and day <= LAST:
            rows.append((f"YH{len(rows) + 880001}", customer, amount, day, invoice))
        elif luck < 0.74 and day <= LAST:
            rows.append((f"YH{len(rows) + 880001}", customer, round(amount * 0.4, -2), day, invoice))
    return sorted(rows, key=lambda row: (row[3], row[0]))


def outings(dice: random.Random, served: list[tuple[str, ...]]) -> list[tuple[Any, ...]]:
    """Day, manager, company as written, filled in, left, back, direct: as on paper, some badly written."""
    calendar, rows = Calendar(), []
    day = FIRST
    while day <= LAST:
        if calendar.is_workday(day):
            for manager in MANAGERS:
                if dice.random() < 0.55:
                    rows.append(_outing(dice, day, manager, [row for row in served if row[2] == manager]))
        day += timedelta(days=1)
    return rows


def _outing(dice: random.Random, day: date, manager: str, own: list[tuple[str, ...]]) -> tuple[Any, ...]:
    name, brand, *_rest = dice.choice(own)
    left = datetime(day.year, day.month, day.day, dice.choice((9, 10, 13, 14)), dice.randrange(0, 60, 5), tzinfo=UTC)
    filed = left - timedelta(minutes=dice.randrange(1, 40))
    entry, luck = dice.choice((name, brand)), dice.random()
    if luck < 0.03:
        entry = dice.choice(("见客户", "外出", "拜访客户", "去国贸", "张总"))
    elif luck < 0.05:
        filed = left + timedelta(minutes=dice.randrange(20, 120))
    back = left + timedelta(minutes=dice.randrange(60, 200))
    return (day, manager, entry, *(f"{moment:%H:%M}" for moment in (filed, left, back)), "")


def workbook(name: str, title: str, headings: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """An XLSX file as offices keep it: a title above the headings."""
    with xlsxwriter.Workbook(str(SAMPLE / name)) as book:
        book.set_properties({"created": datetime(2012, 6, 30, tzinfo=UTC).replace(tzinfo=None)})
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        days = book.add_format({"num_format": "yyyy/m/d"})
        sheet.merge_range(0, 0, 0, len(headings) - 1, title, bold)
        sheet.write_row(1, 0, headings, bold)
        for line, row in enumerate(rows, 2):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, place, value, days)
                else:
                    sheet.write(line, place, value)


def table(name: str, headings: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """A CSV file as an older Excel writes it: GBK."""
    with (SAMPLE / name).open("w", encoding="gbk", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(rows)


def main() -> None:
    """Write every file."""
    dice = random.Random(20120416)
    served = customers(dice)
    signed = contracts(dice, served)
    owed = receivables(dice, signed)
    workbook(
        "员工.xlsx",
        "员工名册",
        ("姓名", "编号", "级别", "部门", "直属上级", "称呼", "适用制度", "邮箱"),
        [(*row, "A,E", f"{row[1]}@example.com") for row in PEOPLE],
    )
    workbook("客户.xlsx", "客户一览", ("客户名称", "简称", "客户经理", "类型", "渠道"), served)
    table("合同.csv", ("合同编号", "客户名称", "客户经理", "合同金额", "签订日期"), signed)
    workbook(
        "去向登记表.xlsx",
        "去向登记表 2012年4月至6月",
        ("日期", "客户经理", "客户公司", "填写时间", "外出时间", "返回时间", "直接拜访"),
        outings(dice, served),
    )
    table("应收账款.csv", ("发票号", "客户名称", "合同编号", "金额", "开票日期", "应付款日期"), owed)
    workbook("回款.xlsx", "银行回款", ("流水号", "客户名称", "金额", "收款日期", "发票号"), receipts(dice, owed))


if __name__ == "__main__":
    main()
