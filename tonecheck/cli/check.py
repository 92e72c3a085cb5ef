"""`tonecheck check`: read, lint, render; the code says whether anything was found."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tonecheck.api import Linter
from tonecheck.cli.complaints import Complaints, say
from tonecheck.cli.intake import File, Reading, files
from tonecheck.cli.progress import Bar
from tonecheck.config import Config
from tonecheck.draft import Draft
from tonecheck.model import ReadError
from tonecheck.readers.tickets import BadRow, Ticket
from tonecheck.render import Checked, Tally, records, terminal

FORMATS = ("text", "json", "jsonl")


@dataclass(frozen=True, slots=True)
class Output:
    """How the findings are shown."""

    format: str = "text"
    color: bool = False
    quiet: bool = False


def check(names: Iterable[str], config: Config, reading: Reading, output: Output) -> int:
    """Check all that `names` stand for; return the exit code."""
    complaints, tally = Complaints(), Tally()
    wanted = list(files(names, config, complaints))
    bar = Bar(sum(file.size for file in wanted), enabled=sys.stderr.isatty() and not output.quiet)
    run = Run(config, reading, complaints, bar, output)
    for piece in _rendered(run.checked(wanted, tally), tally, output):
        if sys.stdout.isatty():
            bar.hide()
        sys.stdout.write(piece)
    bar.hide()
    sys.stdout.flush()
    return 2 if complaints.count else int(tally.reached(config.fail_on))


def _rendered(results: Iterator[Checked], tally: Tally, output: Output) -> Iterator[str]:
    if output.format == "jsonl":
        yield from records.jsonl(results)
    elif output.format == "json":
        yield from records.document(results, tally)
    else:
        yield from terminal.text(results, color=output.color)
        if not output.quiet:
            yield terminal.summary(tally)


class Linters:
    """The linter for each file: one for all whose settings are the same."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._made: dict[tuple[int, ...], Linter] = {(): Linter(config)}

    def linter_for(self, path: Path | None) -> Linter:
        """Return the linter for a file, or for standard input where `path` is None."""
        key = self._config.matching(path) if path else ()
        if key not in self._made:
            assert path is not None  # noqa: S101 - only a path has settings of its own
            self._made[key] = Linter(self._config.for_path(path))
        return self._made[key]


class Run:
    """One run over many files: goes on after a file or a row that can't be read."""

    def __init__(self, config: Config, reading: Reading, complaints: Complaints, bar: Bar, output: Output) -> None:
        self._linters = Linters(config)
        self._reading = reading
        self._complaints = complaints
        self._bar = bar
        self._quiet = output.quiet

    def checked(self, wanted: Iterable[File], tally: Tally) -> Iterator[Checked]:
        """Yield the report of each draft, counted in `tally`."""
        for file in wanted:
            linter = self._linters.linter_for(file.path)
            try:
                for item in self._reading.drafts(file):
                    result = self._result(file, item, linter)
                    if result:
                        tally.add(result.report)
                        yield result
            except ReadError as error:
                self._complain(error)

    def _result(self, file: File, item: Draft | Ticket | BadRow, linter: Linter) -> Checked | None:
        if isinstance(item, BadRow):
            self._complain(item)
            return None
        if isinstance(item, Ticket):
            draft, size = item.draft, len(item.raw)
            label = draft.name if draft.name.startswith(f"{file.label}:") else f"{file.label}:{draft.name}"
        else:
            draft, label, size = item, file.label, file.size
        report = linter.lint_draft(draft)
        self._bar.advance(size)
        if not self._quiet:
            for notice in report.notices:
                self._bar.hide()
                say(f"{label}: {notice}")
        return Checked(label, draft, report)

    def _complain(self, problem: object) -> None:
        self._bar.hide()
        self._complaints(problem)
