"""Phrase tables from a spreadsheet, CSV or TSV with `avoid,prefer[,family,note]`, as rules."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from tonecheck import grammar
from tonecheck.model import FAMILIES, RuleFileError
from tonecheck.rule import Row, Rule
from tonecheck.rulebook import Rulebook
from tonecheck.yamlfile import near

_COLUMNS = ("avoid", "prefer", "family", "note")
_FAMILY = "scripted"
_WHY = "Your team's own list asks for other words here."


def with_tables(rulebook: Rulebook, tables: Iterable[Path]) -> Rulebook:
    """Return the rulebook with a rule for each family that a table has phrases of."""
    rules = dict(rulebook.rules)
    for table in tables:
        for rule in _rules(table):
            if rule.id in rules:
                raise RuleFileError(
                    table, None, f"the id {rule.id} belongs to {rules[rule.id].path} already; rename one"
                )
            rules[rule.id] = rule
    return replace(rulebook, rules=MappingProxyType(rules))


def _rules(table: Path) -> Iterator[Rule]:
    families: dict[str, list[Row]] = {}
    for family, row in _rows(table):
        families.setdefault(family, []).append(row)
    for family, rows in families.items():
        yield Rule(
            id=f"{family}/{table.stem}",
            family=family,
            severity=FAMILIES[family],
            message="“{match}” is on your team's list of words to avoid.",
            why=_WHY,
            path=table,
            rows=tuple(rows),
        )


def _rows(table: Path) -> Iterator[tuple[str, Row]]:
    try:
        text = table.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise RuleFileError(table, None, "this is not UTF-8 text; save the table as UTF-8") from None
    except OSError as error:
        raise RuleFileError(table, None, f"can't be read ({error.strerror})") from None
    first = text.split("\n", 1)[0]
    delimiter = max("\t,;", key=first.count)
    lines = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    header = [column.strip().lower() for column in next(lines, [])]
    for column in header:
        if column not in _COLUMNS:
            raise RuleFileError(
                table,
                1,
                f"unknown column “{column}”{near(column, _COLUMNS)}; the columns are {', '.join(_COLUMNS)}",
            )
    if "avoid" not in header:
        raise RuleFileError(table, 1, "the table needs a column “avoid”; the columns are " + ", ".join(_COLUMNS))
    for cells in lines:
        if any(cell.strip() for cell in cells):
            yield _row(table, lines.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=False)))


def _row(table: Path, line: int, cells: dict[str, str]) -> tuple[str, Row]:
    family = cells.get("family") or _FAMILY
    if family not in FAMILIES:
        raise RuleFileError(table, line, f"“{family}” is not a family{near(family, FAMILIES)}")
    from tonecheck import phrases  # noqa: PLC0415 - reads a sample, for which spaCy must be loaded

    try:
        phrases.check(cells.get("avoid", ""), {})
    except grammar.PhraseError as error:
        raise RuleFileError(table, line, str(error)) from None
    prefer = cells.get("prefer", "")
    for slot in grammar.slots(prefer):
        if slot not in grammar.slots(cells["avoid"]):
            raise RuleFileError(table, line, f"“prefer” uses the slot {{{slot}}}, which “avoid” doesn't bind")
    return family, Row((cells["avoid"],), (prefer,) if prefer else ())
