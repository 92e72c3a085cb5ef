"""`tonecheck fix`: make the safe rewrites in place, or show them."""

from __future__ import annotations

import contextlib
import difflib
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tonecheck.api import Linter
from tonecheck.cli.check import Linters
from tonecheck.cli.complaints import Complaints
from tonecheck.cli.intake import Complain, File, Reading, files
from tonecheck.config import Config
from tonecheck.fix import Fixed, apply
from tonecheck.model import Edit, ReadError
from tonecheck.readers.sources import Source
from tonecheck.readers.tickets import BadRow
from tonecheck.render import counted


@dataclass(frozen=True, slots=True)
class Way:
    """What is done with a fixed text: written back, or shown whole or as a diff."""

    diff: bool = False
    stdout: bool = False
    quiet: bool = False


def fix(names: Iterable[str], config: Config, reading: Reading, way: Way) -> int:
    """Fix all that `names` stand for; return the exit code."""
    complaints, linters = Complaints(), Linters(config)
    seen = changed = rewrites = 0
    for file in files(names, config, complaints):
        try:
            source, fixed = _fixed(file, reading, linters.linter_for(file.path), complaints)
            _deliver(file, source, fixed, way)
        except ReadError as error:
            complaints(error)
            continue
        seen += 1
        changed += bool(fixed.count)
        rewrites += fixed.count
    sys.stdout.flush()
    if not way.quiet:
        done = "could make" if way.diff else "made"
        sys.stderr.write(f"{done} {counted(rewrites, 'rewrite')} in {changed} of {counted(seen, 'file')}\n")
    return 2 if complaints.count else 0


def _fixed(file: File, reading: Reading, linter: Linter, complain: Complain) -> tuple[Source, Fixed]:
    if file.format != "tickets":
        source = reading.source(file)
        return source, linter.fix_draft(reading.draft(file, source.text))
    source = reading.source(file, limit=None)
    edits: list[Edit] = []
    count = 0
    for row in reading.tickets(file, _lines(source.text)):
        if isinstance(row, BadRow):
            complain(row)
            continue
        fixed = linter.fix_draft(row.draft)
        edits += row.in_file(fixed.edits)
        count += fixed.count
    return source, Fixed(apply(source.text, edits), tuple(edits), count)


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text with their ends, which only a line feed makes."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _deliver(file: File, source: Source, fixed: Fixed, way: Way) -> None:
    data = source.encode(fixed.text)
    if way.diff:
        sys.stdout.writelines(_diff(file.label, source.text, fixed.text))
    elif way.stdout or file.path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    elif fixed.count:
        _write(file.path, data, file.label)


def _diff(label: str, old: str, new: str) -> Iterator[str]:
    lines = difflib.unified_diff(list(_lines(old)), list(_lines(new)), f"a/{label}", f"b/{label}")
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _write(path: Path, data: bytes, label: str) -> None:
    """Put `data` in place of a file at once: whoever reads it sees the old bytes or the new, and so does a crash."""
    target = path.resolve()
    if not os.access(target, os.W_OK):
        raise ReadError(f"{label}: can't be written: permission denied")
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".tmp", dir=target.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(target.stat().st_mode & 0o7777)
        Path(temporary).replace(target)
    except OSError as error:
        raise ReadError(f"{label}: can't be written: {(error.strerror or str(error)).lower()}") from None
    finally:
        with contextlib.suppress(OSError):
            Path(temporary).unlink() if temporary else None
