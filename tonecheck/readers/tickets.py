"""Ticket files, JSON Lines or CSV: one draft a row, read one row at a time."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

from tonecheck.draft import Draft, Origin, Suppression
from tonecheck.model import CHANNELS, Edit, Span
from tonecheck.readers import csvrows, jsonrows, read
from tonecheck.readers.cells import CsvField, JsonString
from tonecheck.readers.rows import BadRow, Row

__all__ = ["BadRow", "Ticket", "read_tickets"]

_DRAFT_FORMATS = ("text", "markdown", "html")
_KNOWN = frozenset(["id", "reply", "customer", "channel", "ignore", "format"])
_SEPARATOR = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Ticket:
    """A row of a ticket file: its draft, where it stands, and what else it holds.

    `line` counts from 1 and `start` in characters of the file; `raw` is the row as written, `extra` the keys
    that are not ours.  `draft.source` is the reply as a string.
    """

    draft: Draft
    line: int
    start: int
    raw: str
    extra: Mapping[str, object]
    _row: Row

    def place(self) -> Origin:
        """Return the range in the file of each character of the reply."""
        return self._cell().place()

    def escape(self, text: str) -> str:
        """Return `text` as it must stand inside the reply's quotes."""
        return self._cell().escape(text)

    def in_file(self, edits: Iterable[Edit]) -> tuple[Edit, ...]:
        """Return edits of the reply as edits of the file, which stays well-formed and otherwise as it is."""
        return self._cell().in_file(edits)

    def _cell(self) -> JsonString | CsvField:
        return self._row.cell()


def read_tickets(lines: Iterable[str], *, name: str) -> Iterator[Ticket | BadRow]:
    """Yield the tickets of a file, and a `BadRow` for each row that is none.

    `lines` are those of the file, as `sources.read_lines` yields them.  The name's suffix says whether it is
    CSV or JSON Lines, else the first character does.  Raise `ReadError` for a file that is neither.
    """
    lines = iter(lines)
    blank: list[str] = []
    first = ""
    for first in lines:
        if first.strip():
            break
        blank.append(first)
    everything = itertools.chain(blank, [first] if first.strip() else [], lines)
    rows = csvrows.rows if _is_csv(name, first) else jsonrows.rows
    for row in rows(everything, name=name):
        yield row if isinstance(row, BadRow) else _ticket(row, name)


def _is_csv(name: str, first: str) -> bool:
    suffix = PurePath(name).suffix.lower()
    if suffix in {".csv", ".tsv"}:
        return True
    return suffix not in {".jsonl", ".ndjson"} and not first.lstrip().startswith(("{", "["))


def _ticket(row: Row, name: str) -> Ticket | BadRow:
    """Return the ticket of a row, or what is wrong with it."""
    try:
        draft = _draft(row, name)
    except _WrongValueError as error:
        return BadRow(name, row.line, str(error))
    extra = {key: value for key, value in row.values.items() if key not in _KNOWN}
    return Ticket(draft, row.line, row.start, row.raw, extra, row)


class _WrongValueError(ValueError):
    """A value that a ticket can't have."""


def _draft(row: Row, name: str) -> Draft:
    values = row.values
    reply = values.get("reply")
    if reply is None:
        raise _WrongValueError('it has no "reply"')
    if not isinstance(reply, str):
        raise _WrongValueError(f'"reply" must be a string, not {_kind(reply)}')
    draft = read(
        reply,
        format=_choice(values, "format", _DRAFT_FORMATS) or "text",
        name=_id(values.get("id")) or f"{name}:{row.line}",
        customer=_string(values, "customer"),
        channel=_choice(values, "channel", CHANNELS),
    )
    targets = _targets(values.get("ignore"))
    if not targets:
        return draft
    ignored = Suppression(Span(0, len(draft.text)), targets, 0)
    return replace(draft, suppressions=(ignored, *draft.suppressions))


def _id(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _WrongValueError(f'"id" must be a string or a whole number, not {_kind(value)}')
    return str(value)


def _string(values: Mapping[str, object], key: str) -> str | None:
    value = values.get(key)
    if value is not None and not isinstance(value, str):
        raise _WrongValueError(f'"{key}" must be a string, not {_kind(value)}')
    return value or None


def _choice(values: Mapping[str, object], key: str, choices: tuple[str, ...]) -> str | None:
    value = _string(values, key)
    if value is None or not value.strip():
        return None
    if value.strip().lower() not in choices:
        raise _WrongValueError(f'"{key}" is {value!r}, but must be one of {", ".join(choices)}')
    return value.strip().lower()


def _targets(value: object) -> tuple[str, ...]:
    """Return the rule ids and families that a row ignores: a list, or words with commas or spaces between."""
    if value is None:
        return ()
    if isinstance(value, str):
        return tuple(filter(None, _SEPARATOR.split(value)))
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(item.strip() for item in value if item.strip())
    raise _WrongValueError(f'"ignore" must be a list of rule ids and families, not {_kind(value)}')


_KINDS = (
    (bool, "true or false"),
    (int | float, "a number"),
    (str, "a string"),
    (list, "a list"),
    (dict, "an object"),
)


def _kind(value: object) -> str:
    return next((kind for types, kind in _KINDS if isinstance(value, types)), "null")
