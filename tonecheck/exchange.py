"""The exchange: one reply and the message it answers, read once for all rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from tonecheck import ear, language
from tonecheck.draft import Draft
from tonecheck.model import Span
from tonecheck.phrases import Match, PhraseBook, Scan

Kept = TypeVar("Kept")


def signal_owner(name: str) -> str:
    """Return the name under which a signal's phrases stand in the phrase book."""
    return f"signal {name}"


@dataclass(frozen=True)
class Exchange:
    """What a check may look at: the draft, its words and phrases, and the customer's message."""

    draft: Draft
    book: PhraseBook
    known: frozenset[str] = frozenset()
    _memory: dict[object, Any] = field(default_factory=dict, compare=False)

    @cached_property
    def reading(self) -> language.Reading:
        """The reply as words and sentences."""
        return language.read(self.draft.masked)

    @cached_property
    def scan(self) -> Scan:
        """All phrases near which the reply comes."""
        return self.book.scan(self.reading)

    @cached_property
    def customer(self) -> language.Reading:
        """The customer's message as words and sentences; empty where there is none."""
        return language.read(self.draft.customer or "")

    @cached_property
    def customer_scan(self) -> Scan:
        """All phrases near which the customer's message comes."""
        return self.book.scan(self.customer)

    @cached_property
    def heard(self) -> ear.Heard:
        """What the learned ear makes of the sentences of the reply."""
        return ear.load().listen(self.reading)

    @cached_property
    def mood(self) -> float:
        """VADER's compound score of the customer's message; 0 where there is none."""
        return language.mood(self.draft.customer) if self.draft.customer else 0.0

    def once(self, key: object, work: Callable[[], Kept]) -> Kept:
        """Return what `work` makes, doing it the first time that `key` is asked for."""
        if key not in self._memory:
            self._memory[key] = work()
        kept: Kept = self._memory[key]
        return kept

    def signal(self, name: str) -> list[Match]:
        """Return where the reply gives a signal of `signals.yaml`."""
        return self.scan.matches(signal_owner(name))

    def customer_signal(self, name: str) -> list[Match]:
        """Return where the customer's message gives a signal of `signals.yaml`."""
        return self.customer_scan.matches(signal_owner(name))

    def span(self, match: Match) -> Span:
        """Return where a match of the reply stands in the readable text."""
        return self.reading.span(match.first, match.last)
