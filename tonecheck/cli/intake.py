"""From what the command line names to drafts: walk folders, open files, read them in their format."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from tonecheck import globs, readers
from tonecheck.config import Config
from tonecheck.draft import Draft
from tonecheck.model import ReadError
from tonecheck.readers.sources import MAX_BYTES, Source, decode, read_lines
from tonecheck.readers.tickets import BadRow, Ticket, read_tickets

STDIN = "-"
_SKIPPED = frozenset({"node_modules", "__pycache__"})

Complain = Callable[[object], None]


@dataclass(frozen=True, slots=True)
class File:
    """A file to read, or standard input where there is no `path`; `config` is what holds for it."""

    label: str
    path: Path | None
    format: str
    config: Config

    def open(self) -> BinaryIO:
        """Return the bytes as a stream; raise `ReadError`."""
        if self.path is None:
            return sys.stdin.buffer
        try:
            return self.path.open("rb")
        except OSError as error:
            raise ReadError(f"{self.label}: {_reason(error)}") from None

    @property
    def size(self) -> int:
        """The number of bytes, or 0 where it can't be told."""
        try:
            return self.path.stat().st_size if self.path else 0
        except OSError:
            return 0


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read: their encoding, and the customer's message that replies without one answer."""

    encoding: str | None = None
    customer: str | None = None

    def source(self, file: File, *, limit: int | None = MAX_BYTES) -> Source:
        """Return all of a file as text; raise `ReadError`."""
        with _closing(file) as stream:
            try:
                data = stream.read() if limit is None else stream.read(limit + 1)
            except OSError as error:
                raise ReadError(f"{file.label}: {_reason(error)}") from None
        return decode(data, file.label, encoding=self.encoding, limit=limit)

    def drafts(self, file: File) -> Iterator[Draft | Ticket | BadRow]:
        """Yield what a file holds, row by row where it has rows; raise `ReadError`."""
        if file.format != "tickets":
            yield self.draft(file, self.source(file).text)
            return
        with _closing(file) as stream:
            try:
                lines = read_lines(stream, file.label, encoding=self.encoding)
                yield from self.tickets(file, lines)
            except OSError as error:
                raise ReadError(f"{file.label}: {_reason(error)}") from None

    def draft(self, file: File, text: str) -> Draft:
        """Return the draft of a file that holds one reply."""
        return readers.read(text, format=file.format, name=file.label, customer=self.customer)

    def tickets(self, file: File, lines: Iterable[str]) -> Iterator[Ticket | BadRow]:
        """Yield the rows of a ticket file."""
        for row in read_tickets(lines, name=file.label):
            if self.customer is None or isinstance(row, BadRow) or row.draft.customer is not None:
                yield row
            else:
                yield replace(row, draft=replace(row.draft, customer=self.customer))


class _closing:  # noqa: N801 - reads as a function, like contextlib's
    """Close a file's stream at the end, unless it is standard input."""

    def __init__(self, file: File) -> None:
        self._own = file.path is not None
        self._stream = file.open()

    def __enter__(self) -> BinaryIO:
        return self._stream

    def __exit__(self, *_: object) -> None:
        if self._own:
            self._stream.close()


def text_of(path: Path, encoding: str | None) -> str:
    """Return the text of one file; raise `ReadError`."""
    return Reading(encoding).source(File(str(path), path, "text", Config())).text


def files(names: Iterable[str], config: Config, complain: Complain) -> Iterator[File]:
    """Yield the files that names stand for, each once: themselves, `-`, or all of ours in a folder, sorted."""
    seen = set()
    for name in names:
        if name == STDIN:
            yield File(STDIN, None, config.format or "text", config)
            continue
        path = Path(name)
        for found in _walk(path, config, complain) if path.is_dir() else [path]:
            absolute = found.absolute()
            if absolute not in seen:
                seen.add(absolute)
                here = config.for_path(found)
                yield File(str(found), found, here.format or readers.format_of(found) or "text", here)


def _walk(top: Path, config: Config, complain: Complain) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        complain(f"{error.filename}: {_reason(error)}")

    for folder, folders, names in os.walk(top, onerror=refuse):
        folders[:] = sorted(
            name for name in folders if _walkable(name) and not _fits(config.exclude, Path(folder, name), config.root)
        )
        for name in sorted(names):
            path = Path(folder, name)
            if _walkable(name) and _wanted(path, config):
                yield path


def _walkable(name: str) -> bool:
    return not name.startswith(".") and name not in _SKIPPED


def _wanted(path: Path, config: Config) -> bool:
    if _fits(config.exclude, path, config.root):
        return False
    if config.include:
        return _fits(config.include, path, config.root)
    return bool(path.suffix) and readers.format_of(path) is not None


def _fits(patterns: Iterable[str], path: Path, root: Path) -> bool:
    return any(globs.matches(pattern, path.absolute(), root) for pattern in patterns)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    return f"can't be read: {(error.strerror or str(error)).lower()}"
