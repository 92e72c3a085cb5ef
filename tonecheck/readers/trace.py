"""Readable text in the making, with the source range of each of its characters."""

from __future__ import annotations

from array import array
from dataclasses import replace

from tonecheck.draft import Draft, Encoding, Mask, Origin
from tonecheck.model import Span
from tonecheck.readers.directives import Directive, directive, suppressions
from tonecheck.readers.masks import find_masks, settle


class Trace:
    """What a reader writes its text into, from the source's start to its end."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.length = 0
        self._pieces: list[str] = []
        self._starts = array("q")
        self._ends = array("q")
        self._masks: list[Mask] = []
        self._directives: list[Directive] = []

    def copy(self, start: int, end: int) -> None:
        """Add `source[start:end]` as it is."""
        if start >= end:
            return
        self._pieces.append(self.source[start:end])
        self._starts.extend(range(start, end))
        self._ends.extend(range(start + 1, end + 1))
        self.length += end - start

    def put(self, text: str, start: int, end: int) -> None:
        """Add `text` in place of `source[start:end]`: its first character stands for all of that range."""
        if not text:
            return
        self._pieces.append(text)
        self._starts.append(start)
        self._starts.extend([end] * (len(text) - 1))
        self._ends.extend([end] * len(text))
        self.length += len(text)

    def divide(self, at: int) -> None:
        """Add the line breaks, which have no characters of the source, that make a blank line here."""
        tail = "".join(piece[-4:] for piece in self._pieces[-4:])
        for _ in range(tail[len(tail.rstrip()) :].count("\n"), 2 if self.length else 0):
            self.put("\n", at, at)

    def mask(self, start: int, kind: str) -> None:
        """Mask the text from offset `start` up to here."""
        if start < self.length:
            self._masks.append(Mask(Span(start, self.length), kind))

    def comment(self, content: str, at: int) -> None:
        """Obey a comment that stands at source offset `at`, if it is one for us."""
        found = directive(content, place=self.length, at=at)
        if found:
            self._directives.append(found)

    def draft(self, *, name: str, encoding: Encoding, customer: str | None, channel: str | None) -> Draft:
        """Return the draft, with all that `find_masks` sees besides the masks set here."""
        draft = Draft(
            name=name,
            source=self.source,
            text="".join(self._pieces),
            origin=Origin(self._starts, self._ends),
            masks=settle(self._masks),
            encoding=encoding,
            customer=customer,
            channel=channel,
        )
        # Searched with the reader's own masks in place, so that a `-- ` in a code block is no signature.
        masks = settle((*draft.masks, *find_masks(draft.masked)))
        silenced = suppressions(self._directives, draft.text, lambda at: draft.line_column(at)[0])
        return replace(draft, masks=masks, suppressions=silenced)
