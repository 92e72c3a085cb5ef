"""A draft: what a reader makes of a source, and the way back from its text to the source."""

from __future__ import annotations

import enum
import html
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from tonecheck.model import Edit, Span

NOUN = "\ue000"
"""Stands for each character of a masked word, such as a placeholder, a link or a piece of code."""
GAP = "\ue001"
"""Stands for each character of what a sentence does not say, such as a template's branch tag."""
STOP = "\ue002"
"""Stands for each character of what divides sentences, such as a quoted message or a signature."""


class Encoding(enum.Enum):
    """How text is written in a source."""

    PLAIN = "plain"
    HTML = "html"

    def encode(self, text: str) -> str:
        """Return `text` as it must be written in such a source."""
        return html.escape(text, quote=False) if self is Encoding.HTML else text


@dataclass(frozen=True, slots=True)
class Mask:
    """A range of the readable text that no rule may look into; `kind` is NOUN, GAP or STOP."""

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Suppression:
    """A wish to silence rules: `span` is the part of the readable text that it covers.

    `targets` are rule ids and families, empty for all.  `line` is where the source says so,
    or 0 where it came from outside the text.
    """

    span: Span
    targets: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Origin:
    """One source range for each character of a text: `starts[i]` to `ends[i]`.

    A character that the reader made up (a line break where a paragraph ended) has an empty range.
    """

    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, ranges: Iterable[tuple[int, int]]) -> Origin:
        """Return an origin from `(start, end)` pairs, one for each character."""
        starts, ends = array("q"), array("q")
        for start, end in ranges:
            starts.append(start)
            ends.append(end)
        return cls(starts, ends)

    def span(self, span: Span) -> Span:
        """Return the smallest source range that holds all characters of `span`."""
        if not span:
            at = self.starts[span.start] if span.start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return Span(at, at)
        return Span(self.starts[span.start], self.ends[span.end - 1])

    def runs(self, span: Span) -> list[Span]:
        """Return the source ranges of `span`, one for each stretch without anything between."""
        runs: list[Span] = []
        for index in range(span.start, span.end):
            start, end = self.starts[index], self.ends[index]
            if start == end:
                continue
            if runs and runs[-1].end == start:
                runs[-1] = Span(runs[-1].start, end)
            else:
                runs.append(Span(start, end))
        return runs


@dataclass(frozen=True)
class Draft:
    """A reply that is about to be sent, as read from its source.

    `text` is what a person would read; `origin` leads each of its characters back to `source`
    (None where the two are the same).  `customer` is the message it answers, `channel` the way it goes out.
    """

    name: str
    source: str
    text: str
    origin: Origin | None = None
    masks: tuple[Mask, ...] = ()
    encoding: Encoding = Encoding.PLAIN
    customer: str | None = None
    channel: str | None = None
    suppressions: tuple[Suppression, ...] = ()

    @cached_property
    def masked(self) -> str:
        """The readable text with every masked range blotted out, length kept."""
        if not self.masks:
            return self.text
        pieces: list[str] = []
        at = 0
        for mask in sorted(self.masks, key=lambda mask: mask.span):
            start = max(at, mask.span.start)
            if mask.span.end <= start:
                continue
            pieces += (self.text[at:start], mask.kind * (mask.span.end - start))
            at = mask.span.end
        pieces.append(self.text[at:])
        return "".join(pieces)

    def source_span(self, span: Span) -> Span:
        """Return the range of the source that holds `span` of the readable text."""
        return self.origin.span(span) if self.origin else span

    def runs(self, span: Span) -> list[Span]:
        """Return the source ranges of `span`, one for each stretch without markup between."""
        if self.origin:
            return self.origin.runs(span)
        return [span] if span else []

    def replace(self, span: Span, pieces: Sequence[str | Span]) -> tuple[Edit, ...]:
        """Return the edits that put `pieces` in place of `span` of the readable text.

        A piece is new text, or a range of the readable text that is kept as the source has it.  Where markup
        lies inside `span`, the first stretch takes the new words, the later ones are deleted, the markup stays.
        """
        new = "".join(self.encoding.encode(piece) if isinstance(piece, str) else self._kept(piece) for piece in pieces)
        runs = self.runs(span)
        if not runs:
            at = self.source_span(span).start
            return (Edit(Span(at, at), new),) if new else ()
        first, *later = runs
        return (Edit(first, new), *(Edit(run, "") for run in later))

    def _kept(self, span: Span) -> str:
        return "".join(self.source[run.start : run.end] for run in self.runs(span))

    @cached_property
    def _astral(self) -> list[int]:
        return [] if self.source.isascii() else [match.start() for match in re.finditer(r"[^\0-\uffff]", self.source)]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", self.source))]

    def utf16(self, span: Span) -> Span:
        """Return `span` of the source, counted in UTF-16 code units."""
        astral = self._astral
        return Span(span.start + bisect_left(astral, span.start), span.end + bisect_left(astral, span.end))

    def line_column(self, offset: int) -> tuple[int, int]:
        """Return line and column of a source offset, both from 1, the column in code points."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1
