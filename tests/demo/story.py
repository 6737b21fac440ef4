"""The main job, as a department lives it: set up, take in last quarter's files, work a day, look what is due."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

SAMPLE = Path(__file__).parent / "sample"


class Step(NamedTuple):
    """One command: when it is typed, what is typed, what it is for, the status it ends with."""

    now: str
    line: str
    why: str
    status: int = 0


STORY = (
    Step("2012-03-01T08:30", "ledger init", "A new ledger: one file, its owner's alone."),
    Step("2012-03-01T08:31", "people import {sample}/员工.xlsx --from 2012-03-01", "Twelve people, superiors and all."),
    Step("2012-03-01T08:32", "policy adopt {sample}/pack --as shen", "What the regulation leaves open: closing time."),
    Step(
        "2012-03-01T08:33",
        "customer import {sample}/客户.xlsx --on 2011-09-01 --as shen",
        "Sixty customers and who serves them.",
    ),
    Step(
        "2012-06-29T18:10",
        "contract import {sample}/合同.csv --as shen",
        "Contracts, in the GBK an older Excel writes.",
    ),
    Step("2012-06-29T18:11", "receivable import {sample}/应收账款.csv --as shen", "What customers owe."),
    Step("2012-06-29T18:12", "receipt import {sample}/回款.xlsx --as shen", "What they paid."),
    Step(
        "2012-06-29T18:13", "visit import {sample}/去向登记表.xlsx --as shen", "A quarter of the paper outing register."
    ),
    Step(
        "2012-06-29T18:20",
        "people add 高静 --code gao --grade commerce --superior shen --regime E --as shen",
        "Somebody of the commerce department, whom a handover wants.",
    ),
    Step("2012-07-02T09:40", "visit log 云帆 --as 林静", "An outing is registered before leaving."),
    Step("2012-07-02T09:45", "visit leave --as 林静", "And begins."),
    Step("2012-07-02T10:05", "visit log 见客户 --leave 10:10 --as 陈涛", "An entry that names no company."),
    Step("2012-07-02T10:30", "approve commission --contract HT-2012-018 --amount 14000 --as 林静", "Who decides?"),
    Step("2012-07-02T10:31", "approve grant A-1 --as 林静", "Not the person who asks.", 7),
    Step("2012-07-02T10:40", "approve grant A-1 --as 周总监", "The director does."),
    Step(
        "2012-07-02T10:50",
        "commission pay A-1 --amount 14000 --payee 云帆 --kind customer_company --form LW-2012-031 --as 林静",
        "Paid, with a labour-fee form of its own.",
    ),
    Step(
        "2012-07-02T10:55",
        "commission confirm P-1 --received 14000 --evidence 收条 --as 何洁",
        "The customer has got it.",
    ),
    Step("2012-07-02T11:00", "aging report --by manager", "How old the debts are."),
    Step("2012-07-02T11:20", "receipt log 远大 34334 --as ma", "Money came in: the oldest debt is paid first."),
    Step(
        "2012-07-02T14:00",
        "handover start --from 孙雅 --to 郑凯 --customers 朗润,康宁 --planned 2012-07-20 --as han",
        "A leaver's customers.",
    ),
    Step("2012-07-02T17:30", "check", "What cron would say tonight."),
    Step("2012-07-03T10:05", "handover paper H-1 all --as ma", "Its papers, made from the ledger."),
    Step(
        "2012-07-04T09:00",
        "handover check H-1 all --complete --true --as 郑凯",
        "The receiver has looked at everything.",
    ),
    Step("2012-07-05T10:00", "handover visit H-1 朗润 康宁 --signer 刘经理 --as 韩松", "All three at every customer."),
    Step("2012-07-05T18:00", "handover join H-1 高静 --role commerce --as 韩松", "The channel wants commerce there."),
    Step("2012-07-06T09:00", "handover sign H-1 all --as 孙雅", "Three sign every paper."),
    Step("2012-07-06T09:05", "handover sign H-1 all --as 郑凯", "The second."),
    Step("2012-07-06T10:00", "handover complete H-1 --as han", "Too early.", 7),
    Step("2012-07-06T10:05", "handover show H-1 --missing", "What is missing, who must act, by which clause."),
    Step("2012-07-11T09:00", "handover sign H-1 all --as 韩松", "The third."),
    Step("2012-07-11T10:30", "handover deliver H-1 --as 韩松", "To finance or commerce and to the department manager."),
    Step("2012-07-11T11:00", "handover acknowledge H-1 --as ma", "Received."),
    Step("2012-07-11T11:30", "handover acknowledge H-1 --as 韩松", "Received by the department manager."),
    Step("2012-07-12T09:00", "handover complete H-1 --as 韩松", "From this day they are the receiver's."),
    Step("2012-07-12T09:05", "ledger verify", "Nothing was changed behind the ledger's back."),
)
