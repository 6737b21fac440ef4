"""Job 3: receivables from CSV against the sqlite3 shell's own checked import, and from XLSX against the bare reader.

The shell's way is `.import` into a staging table and one checked INSERT ... SELECT into the ledger's own table; it
keeps no journal, names no bad row, and looks nothing up in the ledger.
"""

from __future__ import annotations

import multiprocessing
import random
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.bench.pairs import PYTHON, SALESCTL, Figure, alternated, environment

CUSTOMERS = 2_000
HEADING = ("number", "customer", "amount", "issued", "due")
MOST_XLSX = 100_000  # rows of one workbook
INDEXES = {
    "ix_receivable_open": "ON receivable (customer_id, due_on, open, issued_on) WHERE open > 0",
    "ix_receivable_due": "ON receivable (due_on) WHERE open > 0",
}
SHELL = """
PRAGMA synchronous=EXTRA; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;
CREATE TEMP TABLE stage (number, customer, amount, issued, due);
.mode csv
.import --schema temp --skip 1 {csv} stage
BEGIN IMMEDIATE;
{before}
INSERT INTO receivable (number, customer_id, amount, paid, open, issued_on, due_on)
SELECT s.number, c.id, cast(round(cast(s.amount AS REAL) * 100) AS INT), 0,
  cast(round(cast(s.amount AS REAL) * 100) AS INT), s.issued, s.due
FROM stage s JOIN customer c ON c.code = s.customer
WHERE s.number <> '' AND date(s.issued, '+0 days') IS s.issued AND date(s.due, '+0 days') IS s.due AND s.due >= s.issued
  AND s.amount GLOB '[0-9]*' AND s.amount NOT GLOB '*[^0-9.]*' AND s.amount NOT GLOB '*.*.*'
  AND s.amount NOT GLOB '*.???*' AND cast(s.amount AS REAL) > 0;
{after}
COMMIT;
"""
BARE = "import sys, python_calamine as c\n"
BARE += "for row in c.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows(): pass"
CHECKED = """
import gc, sys
gc.disable()  # as the program does
from datetime import UTC, datetime
from pathlib import Path
from salesctl.desk import Desk, Wishes
from salesctl.receivables.imports import FIELDS, LEAST, _Rows
from salesctl.console.intake import Source
from salesctl.receivables.intake import Intake
desk = Desk(Wishes(Path(sys.argv[2]), is_dry_run=True), datetime.now(UTC), "system", "bench")
with desk.ledger.transaction("receivable.import", desk) as tx:
    rows = _Rows(Intake(tx, desk, Source(Path(sys.argv[1])), FIELDS, least=LEAST))
    right = sum(1 for batch in rows.intake.batches() for _row in rows._right(batch))
    rows.intake.sheet.expect_no_faults()
"""


def run(rows: int, rounds: int = 5) -> list[Figure]:
    """The ratios of job 3 for so many rows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = environment(SALESCTL_LEDGER=str(folder / "ledger.db"))
        empty = ledger(folder / "empty.db")
        return [*_csv(folder, empty, rows, rounds, env), *_xlsx(folder, empty, min(rows, MOST_XLSX), rounds, env)]


def ledger(path: Path) -> Path:
    """A ledger with its customers and nothing else."""
    env = environment(SALESCTL_LEDGER=str(path))
    subprocess.run([SALESCTL, "ledger", "init"], env=env, check=True, capture_output=True)
    lines = ["name,code", *(f"Customer {number:05} Ltd,C{number:05}" for number in range(1, CUSTOMERS + 1))]
    customers = path.with_name("customers.csv")
    customers.write_text("\n".join(lines))
    subprocess.run([SALESCTL, "customer", "import", str(customers)], env=env, check=True, capture_output=True)
    return path


def invoices(rows: int) -> Iterator[tuple[str, str, str, str, str]]:
    """Invoices in the order of their numbers, over random customers, amounts and days."""
    rnd, first = random.Random(20250304), date(2023, 1, 1)
    days = [(first + timedelta(days=passed)).isoformat() for passed in range(1100)]
    for number in range(1, rows + 1):
        fen, issued = rnd.randrange(1000, 5_000_000), rnd.randrange(790)
        customer, due = f"C{rnd.randrange(1, CUSTOMERS + 1):05}", days[issued + rnd.choice((30, 60, 90))]
        yield f"INV-{number:08}", customer, f"{fen // 100}.{fen % 100:02}", days[issued], due


def write(path: Path, rows: list[tuple[str, ...]]) -> Path:
    """Rows as CSV."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(",".join(row) + "\n" for row in (HEADING, *rows))
    return path


def apart(work: Callable[..., None], *given: object) -> None:
    """Do it in another process: what is measured later must not start with the memory this one needed."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=given)
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"{work.__name__} ended with {process.exitcode}")


def _write_both(rows: int, rising: Path, mixed: Path) -> None:
    made: list[tuple[str, ...]] = list(invoices(rows))
    write(rising, made)
    random.Random(7).shuffle(made)
    write(mixed, made)


def _csv(folder: Path, empty: Path, rows: int, rounds: int, env: dict[str, str]) -> list[Figure]:
    rising, mixed = folder / "rising.csv", folder / "mixed.csv"
    apart(_write_both, rows, rising, mixed)
    late = (
        "\n".join(f"DROP INDEX {i};" for i in INDEXES),
        "\n".join(f"CREATE INDEX {i} {on};" for i, on in INDEXES.items()),
    )
    figures = []
    for file, said in ((rising, "numbers in order"), (mixed, "numbers in any order")):
        commands = {
            "ours": f"{SALESCTL} receivable import {file} --ledger {folder}/ours.db",
            "shell": f"sqlite3 {folder}/shell.db < {_script(folder, file)}",
            "late": f"sqlite3 {folder}/late.db < {_script(folder, file, *late)}",
        }
        fresh = {n: ["sh", "-c", f"cp {empty} {folder}/{n}.db && {command}"] for n, command in commands.items()}
        took = alternated(fresh, env, rounds)
        note = f"{took['ours'].memory:.0f} MiB, the shell {took['shell'].memory:.0f}"
        figures.append(
            Figure(f"import {rows:,} rows of CSV, {said} : shell", 2.0, took["ours"].wall / took["shell"].wall, note)
        )
        last = took["ours"].wall / took["late"].wall
        figures.append(Figure(f"import {rows:,} rows of CSV, {said} : shell, late indexes", None, last))
    return figures


def _script(folder: Path, file: Path, before: str = "", after: str = "") -> Path:
    script = folder / f"{file.stem}{'-late' if before else ''}.sql"
    script.write_text(SHELL.format(csv=file, before=before, after=after))
    return script


def _xlsx(folder: Path, empty: Path, rows: int, rounds: int, env: dict[str, str]) -> list[Figure]:
    apart(_write_book, folder / "in.xlsx", rows)
    file = str(folder / "in.xlsx")
    (folder / "bare.py").write_text(BARE)
    (folder / "checked.py").write_text(CHECKED)
    commands = {
        "ours": [PYTHON, str(folder / "checked.py"), file, str(empty)],
        "start": [PYTHON, str(folder / "checked.py"), str(write(folder / "one.csv", list(invoices(1)))), str(empty)],
        "bare": [PYTHON, str(folder / "bare.py"), file],
    }
    took = alternated(commands, env, rounds)
    ours, start, bare = (took[name].wall for name in ("ours", "start", "bare"))
    note = f"with its start {ours / bare:.2f}x"
    return [Figure(f"read and check {rows:,} rows of XLSX : bare reader", 1.5, (ours - start) / bare, note)]


def _write_book(path: Path, rows: int) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADING)
    for place, (number, customer, amount, issued, due) in enumerate(invoices(rows), 1):
        sheet.write_row(place, 0, (number, customer, float(amount), issued, due))
    book.close()
