"""The inline marks of Markdown: emphasis, code, links, images, escapes and tags inside a paragraph."""

from __future__ import annotations

import re
import string
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass

from tonecheck.draft import NOUN
from tonecheck.readers.entities import REFERENCE, decode
from tonecheck.readers.placeholders import find_template_marks
from tonecheck.readers.tags import BLOCKS, MARKUP
from tonecheck.readers.trace import Trace

_SPECIAL = re.compile(r"[\\`*_~<\[\]!&]|\n[ \t]+|https?://[^\s<>]+")
_TICKS = re.compile(r"`+")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{1,2000}|[^\s<>@]{1,64}@[^\s<>@]{1,255})>")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,12})(?:\s[^<>]{0,1000})?/?>")
_TARGET = re.compile(
    r"""\([ \t\n]{0,9}
        (?: <[^<>\n]{0,1000}>
          | (?: \{\{[^{}\n]{0,300}\}\} | [^\s()<>{}] | \([^\s()]{0,500}\) | [{}] ){0,1000}+ )
        (?: \s{1,9} (?: "[^"]{0,500}" | '[^']{0,500}' | \([^()]{0,500}\) ) )?
    \s{0,9}\)""",
    re.VERBOSE,
)
_LONGEST_LABEL = 200
_LABEL = re.compile(r"\[([^\[\]\n]{0,200})\]")


@dataclass(slots=True)
class _Delimiter:
    """A run of emphasis marks: the ones not used up yet are `source[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Bracket:
    """An opening bracket: its range, of `[` or, for an image, of `![`."""

    start: int
    end: int

    @property
    def image(self) -> bool:
        return self.end - self.start > 1


class Inline:
    """Reads ranges of a Markdown source into a trace, without their marks."""

    def __init__(self, trace: Trace, definitions: Collection[str]) -> None:
        self.trace = trace
        self.source = trace.source
        self._definitions = definitions
        marks = [(mask.span.start, mask.span.end) for mask in find_template_marks(self.source)]
        self._fields = sorted(mark for mark in marks if mark[1] - mark[0] > 1)

    def read(self, start: int, end: int) -> None:
        """Read one paragraph, heading, item or cell."""
        _Paragraph(self, start, end).read()

    def field_end(self, at: int) -> int:
        """Return where the placeholder ends that `at` lies in, or `at`."""
        index = bisect_left(self._fields, (at + 1, 0)) - 1
        return max(at, self._fields[index][1]) if index >= 0 else at

    def defines(self, label: str) -> bool:
        """Return whether a link reference has this label."""
        return label.lower() in self._definitions


class _Paragraph:
    """One range: first find what each mark means, then write the text between."""

    def __init__(self, inline: Inline, start: int, end: int) -> None:
        self.inline = inline
        self.trace = inline.trace
        self.source = inline.source
        self.start, self.end = start, end
        self._changes: list[tuple[int, int, str]] = []
        self._nouns: dict[int, int] = {}
        self._comments: dict[int, str] = {}
        self._openers: dict[str, list[_Delimiter]] = defaultdict(list)
        self._brackets: list[_Bracket] = []
        self._ticks: dict[int, list[int]] | None = None
        self._comments_end = True
        self._meanings: dict[str, Callable[[int], int]] = {
            "\\": self._escape,
            "`": self._code,
            "<": self._angle,
            "&": self._reference,
            "!": self._bracket,
            "[": self._bracket,
            "]": self._link,
        }

    def read(self) -> None:
        """Find the marks, and write."""
        at = self.start
        while match := _SPECIAL.search(self.source, at, self.end):
            at = self.inline.field_end(match.start())
            if at == match.start():
                at = self._mark(match)
        self._write()

    def _mark(self, match: re.Match[str]) -> int:
        """Find what the mark at `match` means; return where to read on."""
        at, mark = match.start(), match.group()
        if len(mark) > 1:
            if mark[0] == "\n":
                self._drop(at + 1, match.end())
            return match.end()
        return self._meanings.get(mark, self._emphasis)(at)

    def _bracket(self, at: int) -> int:
        """Remember a bracket that opens; an exclamation mark without one is text."""
        end = self.source.find("[", at, min(at + 2, self.end)) + 1
        if not end:
            return at + 1
        self._brackets.append(_Bracket(at, end))
        return end

    def _drop(self, start: int, end: int) -> None:
        self._changes.append((start, end, ""))

    def _escape(self, at: int) -> int:
        following = self.source[at + 1 : min(at + 2, self.end)]
        if following and following in string.punctuation + "\r\n":
            self._drop(at, at + 1)
            return at + 2 if following not in "\r\n" else at + 1
        return at + 1

    def _code(self, at: int) -> int:
        """Read the code between this run of backticks and the next of the same length."""
        if self._ticks is None:
            self._ticks = defaultdict(list)
            for run in _TICKS.finditer(self.source, self.start, self.end):
                self._ticks[len(run.group())].append(run.start())
        opening = _TICKS.match(self.source, at, self.end)
        length = len(opening.group()) if opening else 1
        places = self._ticks.get(length, [])
        index = bisect_left(places, at + 1)
        if index == len(places):
            return at + length
        closing = places[index]
        self._drop(at, at + length)
        self._nouns[at + length] = closing
        self._drop(closing, closing + length)
        return closing + length

    def _angle(self, at: int) -> int:
        if self.source.startswith("<!--", at):
            return self._comment(at)
        if link := _AUTOLINK.match(self.source, at, self.end):
            self._drop(at, at + 1)
            self._nouns[link.start(1)] = link.end(1)
            self._drop(link.end() - 1, link.end())
            return link.end()
        tag = _TAG.match(self.source, at, self.end)
        if tag and tag[1].lower() in MARKUP:
            is_break = tag[1].lower() in BLOCKS or tag[1].lower() == "br"
            self._drop(at, tag.end())
            if is_break:
                self._changes.append((tag.end(), tag.end(), "\n"))
        return tag.end() if tag else at + 1

    def _comment(self, at: int) -> int:
        closing = self.source.find("-->", at + 4, self.end) if self._comments_end else -1
        if closing < 0:
            self._comments_end = False
            return at + 4
        self._comments[at] = self.source[at + 4 : closing]
        self._drop(at, closing + 3)
        return closing + 3

    def _reference(self, at: int) -> int:
        match = REFERENCE.match(self.source, at, self.end)
        if not match or not match.group().endswith(";"):
            return at + 1
        text, length = decode(match.group())
        if length == len(match.group()):
            self._changes.append((at, match.end(), text.replace("\xa0", " ")))
            return match.end()
        return at + 1

    def _link(self, at: int) -> int:
        """Keep the label of a link, mask that of an image; brackets that are neither stay."""
        if not self._brackets:
            return at + 1
        bracket = self._brackets.pop()
        end = self._target_end(bracket, at)
        if end is None:
            return at + 1
        self._drop(bracket.start, bracket.end)
        if bracket.image:
            self._nouns[bracket.end] = at
        self._drop(at, end)
        return end

    def _target_end(self, bracket: _Bracket, at: int) -> int | None:
        if target := _TARGET.match(self.source, at + 1, self.end):
            return target.end()
        label = _LABEL.match(self.source, at + 1, self.end)
        own = self.source[bracket.end : at] if at - bracket.end <= _LONGEST_LABEL else ""
        if label and self.inline.defines(label[1] or own):
            return label.end()
        return at + 1 if self.inline.defines(own) else None

    def _emphasis(self, at: int) -> int:
        """Pair a run of emphasis marks with the nearest one open before it."""
        mark = self.source[at]
        end = at + 1
        while end < self.end and self.source[end] == mark:
            end += 1
        if mark == "~" and end - at != len("~~"):
            return end
        before = self.source[at - 1] if at > self.start else " "
        after = self.source[end] if end < self.end else " "
        opens, closes = _flanks(mark, before, after)
        run = _Delimiter(at, end)
        openers = self._openers[mark]
        while closes and openers and run.start < run.end:
            opener = openers[-1]
            used = min(opener.end - opener.start, run.end - run.start)
            self._drop(opener.end - used, opener.end)
            self._drop(run.start, run.start + used)
            opener.end -= used
            run.start += used
            if opener.start == opener.end:
                openers.pop()
        if opens and run.start < run.end:
            openers.append(run)
        return end

    def _write(self) -> None:
        """Write the text between the changes, and mask what stands for a name."""
        nouns: dict[int, int] = {}
        at = self.start
        for start, end, text in sorted(self._changes, key=lambda change: change[:2]):
            self.trace.copy(at, start)
            if start in nouns:
                self.trace.mask(nouns.pop(start), NOUN)
            if start in self._comments:
                self.trace.comment(self._comments[start], start)
            self.trace.put(text, start, end)
            if end in self._nouns:
                nouns[self._nouns[end]] = self.trace.length
            at = end
        self.trace.copy(at, self.end)


def _flanks(mark: str, before: str, after: str) -> tuple[bool, bool]:
    """Return whether a run of marks may open and may close emphasis, by CommonMark's rules."""
    space_before, space_after = before.isspace(), after.isspace()
    word_before, word_after = before.isalnum(), after.isalnum()
    left = not space_after and (word_after or not word_before)
    right = not space_before and (word_before or not word_after)
    if mark == "_":
        return left and (not right or not word_before), right and (not left or not word_after)
    return left, right
