"""The values that pass between the rooms of tonecheck.

Every value is frozen.  Offsets are half-open, in Unicode code points, unless a name says UTF-16.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType


class Severity(enum.IntEnum):
    """How much a finding matters; compares as a number, reads as a lower-case word."""

    SUGGESTION = 1
    WARNING = 2
    ERROR = 3

    @classmethod
    def of(cls, word: str) -> Severity:
        """Return the severity that `word` names; raise `ValueError` for any other word."""
        try:
            return cls[word.upper()]
        except KeyError:
            raise ValueError(word) from None

    def __str__(self) -> str:
        """Return the lower-case word."""
        return self.name.lower()


FAMILIES: Mapping[str, Severity] = MappingProxyType(
    {
        "negative-framing": Severity.WARNING,
        "missing-acknowledgment": Severity.WARNING,
        "jargon": Severity.WARNING,
        "sarcasm": Severity.ERROR,
        "blame": Severity.ERROR,
        "dismissive": Severity.ERROR,
        "demand": Severity.WARNING,
        "hollow-apology": Severity.WARNING,
        "shouting": Severity.WARNING,
        "vague-promise": Severity.SUGGESTION,
        "overpromise": Severity.SUGGESTION,
        "no-next-step": Severity.WARNING,
        "hostility": Severity.ERROR,
        "scripted": Severity.SUGGESTION,
    },
)
"""The fourteen families and the severity their rules have unless a rule says otherwise."""

CHANNELS = ("email", "chat", "social", "phone", "macro")
"""What a ticket's `channel` may be."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def __bool__(self) -> bool:
        """Return whether the range holds anything."""
        return self.end > self.start

    def inside(self, other: Span) -> bool:
        """Return whether `other` covers this range."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Span) -> bool:
        """Return whether the two ranges share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text`, already encoded for the format, in place of `span` of the source."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A better wording, and the edits that put it into the source.

    `safe` means drop-in: no `<blank>` to fill, and every fact of the replaced words is kept.
    """

    text: str
    edits: tuple[Edit, ...]
    safe: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """What a phrase or a check saw, in the draft's readable text.

    `captures` are the slots of a phrase; `values` are words for the rule's message; `says` are better wordings that
    a check itself offers.  The hit gives way to any other of its family that lies in `gives_way`.
    """

    span: Span
    captures: Mapping[str, Span] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    gives_way: Span | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a reply: the words, the reason, and better wordings where there are any.

    `span` and `utf16` are the same words of the source in code points and in UTF-16 code units;
    `line` and `column` count from 1, the column in code points.
    """

    rule: str
    family: str
    severity: Severity
    message: str
    why: str
    span: Span
    utf16: Span
    line: int
    column: int
    text: str
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one draft, in the order of the text.

    `silenced` counts the findings that a suppression took away; `notices` are sentences about
    suppressions that name an unknown rule or silence nothing.
    """

    name: str
    findings: tuple[Finding, ...] = ()
    silenced: int = 0
    notices: tuple[str, ...] = ()

    def worst(self) -> Severity | None:
        """Return the highest severity found, or None for a clean draft."""
        return max((finding.severity for finding in self.findings), default=None)


class ToneCheckError(Exception):
    """The root of every error that tonecheck raises on purpose; its text is one sentence."""


class ConfigError(ToneCheckError):
    """A setting that is unknown or wrong; the text names the file, the key and the nearest right one."""


class ReadError(ToneCheckError):
    """A file that can't be read as what it should be; the text names it and says what to do."""


class RuleFileError(ToneCheckError):
    """A rule file, or a line of one, that is refused."""

    def __init__(self, path: Path | str, line: int | None, message: str) -> None:
        """Keep `path`, `line` (from 1, or None for the whole file) and `message`."""
        super().__init__(path, line, message)
        self.path = Path(path)
        self.line = line
        self.message = message

    def __str__(self) -> str:
        """Return `path:line: message`."""
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return f"{place}: {self.message}"
