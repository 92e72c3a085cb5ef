"""CSV with a header, by RFC 4180; the delimiter may be a comma, a semicolon or a tab."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from tonecheck.model import ReadError
from tonecheck.readers.cells import CsvField
from tonecheck.readers.rows import BadRow, Row
from tonecheck.readers.sources import MAX_BYTES

_DELIMITERS = ",;\t"
_QUOTED = re.compile(r'[^"]*+(?:""[^"]*+)*+"')
_OFTEN_MEANT = ("body", "text", "response", "answer", "message", "content", "comment", "draft")


@dataclass(slots=True)
class _Record:
    """A row in the making: `cells` are ranges of its text, each with whether it was quoted."""

    line: int
    start: int
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    cells: list[tuple[int, int, bool]] = field(default_factory=list)
    open_at: int | None = None
    fault: str = ""

    def add(self, line: str, delimiter: str) -> None:
        """Take in one more line."""
        at = self.length
        self.pieces.append(line)
        self.length += len(line)
        content = line.rstrip("\r\n")
        offset = 0
        while True:
            if self.open_at is None and not line.startswith('"', offset):
                end = content.find(delimiter, offset)
                self.cells.append((at + offset, at + (len(content) if end < 0 else end), False))
            else:
                opened = self.open_at is not None
                closing = _QUOTED.match(line, offset if opened else offset + 1)
                if self.open_at is None:
                    self.open_at = at + offset + 1
                if not closing:
                    return
                self.cells.append((self.open_at, at + closing.end() - 1, True))
                self.open_at = None
                end = closing.end() if line.startswith(delimiter, closing.end()) else -1
                if end < 0 and closing.end() < len(content):
                    self.fault = "something follows a closing quote; quotes inside a field must be doubled"
            if end < 0:
                return
            offset = end + 1

    @property
    def raw(self) -> str:
        """The row as written, without its line end."""
        return "".join(self.pieces).rstrip("\r\n")


def rows(lines: Iterable[str], *, name: str) -> Iterator[Row | BadRow]:
    """Yield the rows of a file; raise `ReadError` if its header has no reply."""
    lines = iter(lines)
    start, number, first = 0, 1, ""
    for first in lines:
        if first.strip():
            break
        start, number = start + len(first), number + 1
    delimiter = _delimiter(first)
    header = _columns(first, delimiter)
    if "reply" not in header:
        raise ReadError(_no_reply(name, header))
    for record in _records(lines, number + 1, start + len(first), delimiter):
        yield _row(record, header, delimiter, name)


def _records(lines: Iterator[str], number: int, start: int, delimiter: str) -> Iterator[_Record]:
    record: _Record | None = None
    for line in lines:
        if record or line.strip():
            record = record or _Record(number, start)
            record.add(line, delimiter)
            if record.open_at is None:
                yield record
                record = None
            elif record.length > MAX_BYTES:
                break
        number += 1
        start += len(line)
    if record:
        record.fault = "a quote that opens in this row is never closed, so neither it nor what follows can be read"
        yield record


def _row(record: _Record, header: list[str], delimiter: str, name: str) -> Row | BadRow:
    if record.fault:
        return BadRow(name, record.line, record.fault)
    raw = record.raw
    cells = [CsvField(record.start + start, raw[start:end], quoted, delimiter) for start, end, quoted in record.cells]
    if len(cells) < len(header):
        return BadRow(name, record.line, f"{len(cells)} fields, but the header has {len(header)}")
    if any(cell.literal.strip() for cell in cells[len(header) :]):
        return BadRow(
            name,
            record.line,
            f"{len(cells)} fields, but the header has {len(header)}; a text with {delimiter!r} needs quotes",
        )
    values: dict[str, object] = {}
    for key, cell in zip(header, cells, strict=False):
        values.setdefault(key, cell.literal.replace('""', '"') if cell.quoted else cell.literal)
    return Row(record.line, record.start, raw, values, partial(cells.__getitem__, header.index("reply")))


def _delimiter(line: str) -> str:
    """Return the delimiter that gives a column "reply", else the one that gives most columns."""
    return max(_DELIMITERS, key=lambda delimiter: ("reply" in (found := _columns(line, delimiter)), len(found)))


def _columns(line: str, delimiter: str) -> list[str]:
    record = _Record(1, 0)
    record.add(line, delimiter)
    names = [record.raw[start:end].replace('""', '"') for start, end, _ in record.cells]
    return [name.strip().lower().removeprefix("\ufeff") for name in names]


def _no_reply(name: str, header: list[str]) -> str:
    found = ", ".join(f'"{column}"' for column in header if column)
    if not found:
        return f'{name}: no header; the first line must name the columns, one of them "reply".'
    nearest = difflib.get_close_matches("reply", header, 1) or [word for word in _OFTEN_MEANT if word in header]
    hint = f'; did you mean "{nearest[0]}"? Rename it to "reply"' if nearest else ""
    return f'{name}: no column "reply" among {found}{hint}.'
