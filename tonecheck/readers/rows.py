"""What a row of a ticket file is, whatever the file's format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tonecheck.readers.cells import CsvField, JsonString


@dataclass(frozen=True, slots=True)
class Row:
    """A row as read: its values by key, and `cell`, which finds the reply in `raw` when it is asked for."""

    line: int
    start: int
    raw: str
    values: Mapping[str, object]
    cell: Callable[[], JsonString | CsvField]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that holds no ticket: the file, the line from 1 and what is wrong."""

    name: str
    line: int
    message: str

    def __str__(self) -> str:
        """Return `name:line: message`."""
        return f"{self.name}:{self.line}: {self.message}"
