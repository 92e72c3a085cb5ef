"""HTML, as a browser shows it: the text, without the tags, and where each character of it came from."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from tonecheck.draft import NOUN, STOP, Draft, Encoding
from tonecheck.readers.entities import REFERENCE, decode
from tonecheck.readers.tags import BLOCKS, DROPPED
from tonecheck.readers.trace import Trace

# The standard library's parser is quadratic on unclosed comments and tags, and tells line and column only.
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]{0,100})")
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")
_TAG_END = re.compile(r"[\s/]*>")
_PLAIN = r"[^\t\n\f\r \xa0\xad\u200b\u2060\ufeff&]+"
_RUN = re.compile(rf"{_PLAIN}(?: {_PLAIN})*|[\t\n\f\r ]+|[\xa0\xad\u200b\u2060\ufeff]|&")
_SPACE = "\t\n\f\r "
_INVISIBLE = "\xad\u200b\u2060\ufeff"

_NOUNS = frozenset(["code", "kbd", "samp", "var", "tt"])
_STOPS = frozenset(["pre", "blockquote"])
_HISTORY = frozenset(
    """
    gmail_quote gmail_quote_container gmail_attr gmail_signature yahoo_quoted moz-cite-prefix
    moz-signature protonmail_quote protonmail_signature_block zmail_extra tutanota_quote
    OutlookMessageHeader zendesk_quoted quoted-text
    """.split(),  # noqa: SIM905 - a list of words reads best as words
)
_PARAGRAPH = 2


def read(source: str, *, name: str = "", customer: str | None = None, channel: str | None = None) -> Draft:
    """Return the draft of an HTML document or fragment, however malformed."""
    page = _Page(Trace(source))
    page.read()
    return page.trace.draft(name=name, encoding=Encoding.HTML, customer=customer, channel=channel)


@dataclass(slots=True)
class _Region:
    """A masked element that is open: its tag, how many of that tag are open in it, where its text starts."""

    tag: str
    kind: str
    start: int
    depth: int = 1


class _Page:
    """One pass over the source; whitespace and line breaks wait until a character follows that needs them."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.source = trace.source
        self._region: _Region | None = None
        self._breaks = 0
        self._break_at = 0
        self._space: tuple[int, int] | None = None

    def read(self) -> None:
        """Read all of the source into the trace."""
        at, end = 0, len(self.source)
        while at < end:
            opening = self.source.find("<", at)
            if opening < 0:
                opening = end
            self._text(at, opening)
            at = self._markup(opening) if opening < end else end
        if self._region:
            self.trace.mask(self._region.start, self._region.kind)

    def _markup(self, at: int) -> int:
        """Read the tag or comment at `at`; return where it ends."""
        if self.source.startswith("<!--", at):
            end = self._after("-->", at + 4)
            self.trace.comment(self.source[at + 4 : end].removesuffix("-->"), at)
            return end
        if self.source.startswith(("<!", "<?"), at):
            return self._after(">", at + 2)
        match = _TAG.match(self.source, at)
        if not match:
            self._text(at, at + 1)
            return at + 1
        attributes, end = self._attributes(match.end())
        tag = match[2].lower()
        if match[1]:
            self._close(tag, at)
        elif tag in DROPPED:
            return self._skip(tag, end)
        else:
            self._open(tag, attributes, at, end)
        return end

    def _after(self, token: str, at: int) -> int:
        found = self.source.find(token, at)
        return found + len(token) if found >= 0 else len(self.source)

    def _attributes(self, at: int) -> tuple[dict[str, str], int]:
        """Return the attributes from `at` on, and where the tag ends: one never closed, with the source."""
        attributes: dict[str, str] = {}
        while True:
            closed = _TAG_END.match(self.source, at)
            if closed:
                return attributes, closed.end()
            match = _ATTRIBUTE.match(self.source, at)
            if not match:
                return attributes, len(self.source)
            value = match[2] or match[3] or match[4] or ""
            attributes.setdefault(match[1].lower(), value)
            at = match.end()

    def _skip(self, tag: str, at: int) -> int:
        """Return where an element ends whose content is no text."""
        closing = re.compile(rf"</{tag}\b[^>]*>?", re.IGNORECASE).search(self.source, at)
        return closing.end() if closing else len(self.source)

    def _open(self, tag: str, attributes: dict[str, str], at: int, end: int) -> None:
        if tag == "br":
            self._break(1, at)
            return
        if tag in BLOCKS:
            self._break(_PARAGRAPH, at)
        if tag == "attribute":
            self._merge_field(attributes, at, end)
        elif self._region:
            self._region.depth += tag == self._region.tag
        elif kind := _masks(tag, attributes):
            self._settle()
            self._region = _Region(tag, kind, self.trace.length)

    def _close(self, tag: str, at: int) -> None:
        region = self._region
        if region and tag == region.tag:
            region.depth -= 1
            if not region.depth:
                self.trace.mask(region.start, region.kind)
                self._region = None
        if tag in BLOCKS:
            self._break(_PARAGRAPH, at)

    def _merge_field(self, attributes: dict[str, str], at: int, end: int) -> None:
        """Add Intercom's `<attribute key="user.name" default="there"/>` as the one word that it becomes."""
        self._settle()
        start = self.trace.length
        shown = html.unescape(attributes.get("default") or attributes.get("key") or "\ufffc")
        self.trace.put(shown, at, end)
        if not self._region:
            self.trace.mask(start, NOUN)

    def _break(self, lines: int, at: int) -> None:
        if not self._breaks:
            self._break_at = at
        self._breaks = min(_PARAGRAPH, max(self._breaks, lines) if lines > 1 else self._breaks + 1)
        self._space = None

    def _settle(self) -> None:
        """Add the line breaks or the space that go before what follows."""
        if self._breaks:
            if self.trace.length:
                self.trace.put("\n" * self._breaks, self._break_at, self._break_at)
        elif self._space and self.trace.length:
            self.trace.put(" ", *self._space)
        self._breaks, self._space = 0, None

    def _text(self, start: int, end: int) -> None:
        """Add the text of `source[start:end]`, which holds no tags."""
        verbatim = self._region is not None and self._region.tag == "pre"
        at = start
        while at < end:
            match = _RUN.match(self.source, at, end)
            if not match:
                break
            first, stop = self.source[at], match.end()
            if first in _SPACE and not verbatim:
                if not self._space and not self._breaks:
                    self._space = (at, stop)
            elif first == "&":
                stop = self._reference(at, end)
            elif first not in _INVISIBLE:
                self._add(" " if first == "\xa0" else None, at, stop)
            at = stop

    def _reference(self, at: int, end: int) -> int:
        """Add the character reference at `at`, or the bare ampersand; return where it ends."""
        match = REFERENCE.match(self.source, at, end)
        text, length = decode(match.group()) if match else ("", 0)
        if not text:
            self._add(None, at, at + 1)
            return at + 1
        if text not in _INVISIBLE:
            self._add(text.replace("\xa0", " "), at, at + length)
        return at + length

    def _add(self, text: str | None, start: int, end: int) -> None:
        """Add visible text: `text` in place of the range, or the range as it is."""
        self._settle()
        if text is None:
            self.trace.copy(start, end)
        else:
            self.trace.put(text, start, end)


def _masks(tag: str, attributes: dict[str, str]) -> str | None:
    """Return how the element's content is masked, if at all."""
    if tag in _NOUNS:
        return NOUN
    if tag in _STOPS or not _HISTORY.isdisjoint(attributes.get("class", "").split()):
        return STOP
    return None
