"""A reply inside a row of a ticket file: where each of its characters stands, and how to write it anew."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tonecheck.draft import Origin
from tonecheck.model import Edit, Span

_JSON_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]",
    re.DOTALL,
)
_CSV_CHARACTER = re.compile(r'""|.', re.DOTALL)
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class JsonString:
    """The inside of a JSON string; `start` counts in the file.

    `escaped` says that the row writes what is not ASCII as `u` escapes.
    """

    start: int
    literal: str
    escaped: bool

    def place(self) -> Origin:
        """Return the range in the file of each character of the string."""
        return _place(_JSON_CHARACTER, self.literal, self.start)

    def escape(self, text: str) -> str:
        """Return `text` as it must stand in the string."""
        written = json.dumps(text, ensure_ascii=self.escaped)[1:-1]
        return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", written)

    def in_file(self, edits: Iterable[Edit]) -> tuple[Edit, ...]:
        """Return edits of the string as edits of the file."""
        return _moved(self.place(), self.start, edits, self.escape)


@dataclass(frozen=True, slots=True)
class CsvField:
    """A field of a CSV row, without its quotes; `start` counts in the file."""

    start: int
    literal: str
    quoted: bool
    delimiter: str

    def place(self) -> Origin:
        """Return the range in the file of each character of the field."""
        return _place(_CSV_CHARACTER, self.literal, self.start) if self.quoted else self._as_written()

    def escape(self, text: str) -> str:
        """Return `text` as it must stand in the field; what a bare field can't hold is for `in_file`."""
        return text.replace('"', '""') if self.quoted else text

    def in_file(self, edits: Iterable[Edit]) -> tuple[Edit, ...]:
        """Return edits of the field as edits of the file; a bare field that needs quotes is written anew."""
        edits = tuple(edits)
        if self.quoted or not any(self._special(edit.text) for edit in edits):
            moved = _moved(self.place(), self.start, edits, self.escape)
            if self.quoted or not edits or _applied(self.literal, edits).strip():
                return moved
        new = _applied(self.literal, edits).replace('"', '""')
        return (Edit(Span(self.start, self.start + len(self.literal)), f'"{new}"'),)

    def _as_written(self) -> Origin:
        end = self.start + len(self.literal)
        return Origin(array("q", range(self.start, end)), array("q", range(self.start + 1, end + 1)))

    def _special(self, text: str) -> bool:
        return any(character in text for character in (self.delimiter, '"', "\r", "\n"))


def _place(pattern: re.Pattern[str], literal: str, start: int) -> Origin:
    return Origin.of((start + match.start(), start + match.end()) for match in pattern.finditer(literal))


def _moved(origin: Origin, start: int, edits: Iterable[Edit], escape: Callable[[str], str]) -> tuple[Edit, ...]:
    # The origin of an empty string knows no place.
    return tuple(
        Edit(origin.span(edit.span) if origin.starts else Span(start, start), escape(edit.text)) for edit in edits
    )


def _applied(text: str, edits: Iterable[Edit]) -> str:
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        pieces += (text[at : edit.span.start], edit.text)
        at = edit.span.end
    return "".join([*pieces, text[at:]])
