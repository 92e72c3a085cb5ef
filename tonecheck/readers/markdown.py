"""Markdown, as it is shown: paragraphs, headings, lists, tables; `inline` reads what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tonecheck.draft import STOP, Draft, Encoding
from tonecheck.readers.inline import Inline
from tonecheck.readers.trace import Trace

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`\r\n]*$)|~{3,})", re.MULTILINE)
_INDENTED = re.compile(r" {4}| {0,3}\t")
_QUOTE = re.compile(r" {0,3}>")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|(?=[\r\n]|\Z))")
_HEADING_END = re.compile(r"(?:[ \t]+#+)?[ \t]*\Z")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*\Z")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{3,})[ \t]*\Z")
_ITEM = re.compile(r"[ \t]{0,40}(?:[-*+]|([0-9]{1,9})[.)])(?:[ \t]+(?:\[[ xX]\][ \t]+)?)")
_DEFINITION = re.compile(r" {0,3}\[([^\[\]\r\n]{1,200})\]:[ \t]*\S[^\r\n]*\Z")
_MATTER = re.compile(r"---[ \t]*\r?\n(?:[^\r\n]*\r?\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_FIELD = re.compile(r"[\w-]+:(?:\s|\Z)")
_MARGIN = re.compile(r"[ \t]*")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the source: its range without the line break, and where the next one starts."""

    start: int
    end: int
    following: int
    text: str


def read(source: str, *, name: str = "", customer: str | None = None, channel: str | None = None) -> Draft:
    """Return the draft of a Markdown text."""
    trace = Trace(source)
    _Blocks(trace).read()
    return trace.draft(name=name, encoding=Encoding.PLAIN, customer=customer, channel=channel)


class _Blocks:
    """One pass over the lines; a paragraph is a range of the source that `Inline` reads as a whole."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.source = trace.source
        self._lines = list(_lines(self.source))
        self._inline = Inline(trace, _definitions(self._lines))
        self._at = 0
        self._paragraph: tuple[int, int] | None = None
        self._in_list = False

    def read(self) -> None:
        """Read all of the source into the trace."""
        self._front_matter()
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not (self._whole(line) or self._table(line)):
                self._prose(line)
        self._flush()

    def _front_matter(self) -> None:
        match = _MATTER.match(self.source) if self.source.startswith("---") else None
        if match and len(self._lines) > 1 and _FIELD.match(self._lines[1].text):
            while self._at < len(self._lines) and self._lines[self._at].start < match.end():
                self._at += 1
            self._verbatim(0, match.end())

    def _whole(self, line: _Line) -> bool:
        """Read a line that is no prose, with those that belong to it; return whether it was one."""
        text = line.text
        if not text.strip():
            self._flush()
            self.trace.copy(line.start, line.following)
            self._at += 1
        elif fence := _FENCE.match(text):
            self._fenced(fence[1])
        elif _QUOTE.match(text):
            self._take(_QUOTE)
        elif not self._paragraph and not self._in_list and _INDENTED.match(text):
            self._take(_INDENTED)
        elif text.lstrip().startswith("<!--"):
            self._comment(line)
        elif _DEFINITION.match(text) and not self._paragraph:
            self._at += 1
        elif (self._paragraph and _UNDERLINE.match(text)) or _RULE.match(text):
            self._flush()
            self.trace.divide(line.start)
            self._at += 1
        else:
            return False
        return True

    def _fenced(self, fence: str) -> None:
        start = self._lines[self._at].start
        closing = re.compile(rf" {{0,3}}{re.escape(fence)}{re.escape(fence[0])}*[ \t]*\Z")
        self._at += 1
        while self._at < len(self._lines) and not closing.match(self._lines[self._at].text):
            self._at += 1
        self._at = min(self._at + 1, len(self._lines))
        self._verbatim(start, self._lines[self._at - 1].following)

    def _take(self, pattern: re.Pattern[str]) -> None:
        """Read all lines from here on that the pattern matches as no prose."""
        start = self._lines[self._at].start
        while self._at < len(self._lines) and pattern.match(self._lines[self._at].text):
            self._at += 1
        self._verbatim(start, self._lines[self._at - 1].following)

    def _verbatim(self, start: int, end: int) -> None:
        self._flush()
        at = self.trace.length
        self.trace.copy(start, end)
        self.trace.mask(at, STOP)

    def _comment(self, line: _Line) -> None:
        """Drop a comment that starts a line, and read on in the line where it ends."""
        self._flush()
        opening = self.source.index("<!--", line.start)
        closing = self.source.find("-->", opening + 4)
        end = closing + 3 if closing >= 0 else len(self.source)
        self.trace.comment(self.source[opening + 4 : closing if closing >= 0 else end], opening)
        while self._at < len(self._lines) and self._lines[self._at].following <= end:
            self._at += 1
        if self._at < len(self._lines) and self._lines[self._at].start < end:
            rest = self._lines[self._at]
            self._paragraph = (end, rest.following)
            self._at += 1

    def _table(self, line: _Line) -> bool:
        """Read a table, one text for each cell; return whether there was one."""
        following = self._lines[self._at + 1] if self._at + 1 < len(self._lines) else None
        if "|" not in line.text or not following or not _is_delimiter_row(following.text):
            return False
        self._flush()
        self._row(line)
        self._at += 2
        while self._at < len(self._lines) and "|" in self._lines[self._at].text:
            self._row(self._lines[self._at])
            self._at += 1
        return True

    def _row(self, line: _Line) -> None:
        start = line.start
        for pipe in [*re.finditer(r"(?<!\\)\|", line.text), None]:
            end = line.start + pipe.start() if pipe else line.end
            if self.source[start:end].strip():
                self._inline.read(start, end)
                self.trace.divide(end)
            start = end + 1

    def _prose(self, line: _Line) -> None:
        """Read a heading or a list item, or add the line to its paragraph."""
        start = line.start
        self._at += 1
        if heading := _HEADING.match(line.text):
            self._flush()
            self.trace.divide(start)
            closed = _HEADING_END.search(line.text, heading.end())
            self._inline.read(start + heading.end(), start + (closed.start() if closed else len(line.text)))
            self.trace.copy(line.end, line.following)
            self.trace.divide(line.following)
            return
        item = _ITEM.match(line.text)
        # A number can start a list in the midst of a paragraph only with 1: "in\n2024. Since then".
        if item and (self._in_list or not self._paragraph or not item[1] or item[1] == "1"):
            self._flush()
            self.trace.divide(start)
            self._in_list = True
            start += item.end()
        elif not self._paragraph:
            margin = _MARGIN.match(line.text)
            self._in_list = self._in_list and bool(margin and margin.end())
            start += margin.end() if margin else 0
        self._paragraph = (self._paragraph[0] if self._paragraph else start, line.following)

    def _flush(self) -> None:
        if self._paragraph:
            self._inline.read(*self._paragraph)
            self._paragraph = None


def _lines(source: str) -> Iterator[_Line]:
    for match in _LINE.finditer(source):
        if match.end() > match.start():
            text = match.group().rstrip("\r\n")
            yield _Line(match.start(), match.start() + len(text), match.end(), text)


def _definitions(lines: list[_Line]) -> frozenset[str]:
    """Return the labels that link references define, in lower case."""
    return frozenset(match[1].lower() for line in lines if (match := _DEFINITION.match(line.text)))


def _is_delimiter_row(text: str) -> bool:
    return "|" in text and "-" in text and not text.strip("|:- \t")
