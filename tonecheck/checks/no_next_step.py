"""A refusal, a delay or bad news, and nothing anywhere that moves the case on."""

from __future__ import annotations

from collections.abc import Iterator

from tonecheck.exchange import Exchange
from tonecheck.model import Hit
from tonecheck.phrases import Match


def no_next_step(exchange: Exchange) -> Iterator[Hit]:
    """Yield the bad news of a reply that offers no option, date, contact, step or real question.

    A step does not count within the words of the signal `empty-step`: a closing (“let me know if you have other
    questions”), a sneer (“take it elsewhere”), a plea for patience.
    """
    bad = exchange.signal("bad-news")
    if not bad:
        return
    empty = exchange.signal("empty-step")
    if any(not _within(step, empty) for step in exchange.signal("next-step")):
        return
    span = exchange.span(_plainest(exchange, bad))
    yield Hit(span, values={"cause": " ".join(exchange.draft.text[span.start : span.end].split())})


def _plainest(exchange: Exchange, bad: list[Match]) -> Match:
    """Return the longest of the bad news in the first sentence that has some: it says more than “unfortunately”."""
    last = exchange.reading.sentences[exchange.reading.sentence_at(bad[0].first)][1]
    return max((match for match in bad if match.first < last), key=lambda match: match.last - match.first)


def _within(step: Match, others: list[Match]) -> bool:
    """Return whether a step ends within one of the other matches."""
    return any(other.first < step.last <= other.last for other in others)
