"""The customer is upset or harmed, and no sentence of the reply shows that it was heard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tonecheck.exchange import Exchange
from tonecheck.language import Reading
from tonecheck.model import Hit, Span
from tonecheck.phrases import Match

_FEELINGS = {"anger": "is upset", "understatement": "is put out", "sarcastic": "is sarcastic"}
_EVENTS = {"repeated": "had to ask again", "waiting": "waited", "loss": "came to harm"}
"""Signals of `signals.yaml` and what the customer did."""
_INDIRECT = frozenset({"understatement", "sarcastic"})
_SHOUTED = re.compile(r"!{2,}|\?{3,}|\?!|!\?|!1|(?:\b[A-Z]{2,}\b[ ,']*){3,}|\b(?!ASAP|COVID|UKAS)[A-Z]{5,}\b")
_GREETING = 4
"""The most words of a sentence that may be a greeting: “Dear Mr and Mrs X” has them."""


def missing_acknowledgment(
    exchange: Exchange,
    *,
    upset_below: float = -0.5,
    content_above: float = 0.5,
    unasked: bool = False,
) -> Iterator[Hit]:
    """Yield the first sentence of a reply that acknowledges nothing, where there was something to acknowledge.

    The customer is upset when their message gives a signal of `_FEELINGS` or tells one of `_EVENTS`, when it shouts, or
    when VADER's compound score is at or under `upset_below`; a calm message that scores `content_above` or more is left
    alone.  With `unasked`, only replies to no message are looked at: they must themselves tell of something that went
    badly for the customer.
    """
    if not exchange.reading.sentences or bool(exchange.draft.customer) is unasked:
        return
    cause = _bad_news(exchange) if unasked else _upset(exchange, upset_below, content_above)
    if cause and not exchange.signal("acknowledgment"):
        yield Hit(_opening(exchange), values={"cause": cause})


def _upset(exchange: Exchange, below: float, above: float) -> str:
    """Return what shows that the customer is upset, or nothing."""
    text, mood = exchange.draft.customer or "", exchange.mood
    seen = {name: _seen(exchange, name) for name in _EVENTS | _FEELINGS}
    causes = [(did, found) for name, did in (_EVENTS | _FEELINGS).items() if (found := seen[name])]
    feels = any(seen[name] for name in _FEELINGS)
    if exchange.customer_signal("calm") and (mood > 0 or not feels) and not seen["sarcastic"]:
        return ""
    if causes and (feels or mood < above or len(causes) > 1):
        did, found = causes[0]
        return f"the customer {did} (“{_quote(exchange, found[0])}”)"
    shouted = _SHOUTED.search(text)
    if shouted and (mood < 0 or (mood == 0 and not shouted[0].startswith("!!"))):
        return f"the customer raises their voice (“{shouted[0].strip()}”)"
    return "the customer's message is bitter" if mood <= below else ""


def _seen(exchange: Exchange, name: str) -> list[Match]:
    """Return where the customer's message gives a signal: what is put politely or in irony, or told as a fact."""
    found = exchange.customer_signal(name)
    return found if name in _INDIRECT else [match for match in found if _told(exchange, match)]


def _told(exchange: Exchange, match: Match) -> bool:
    """Return whether a match stands in a sentence that tells a fact, not in a plain question or a supposition."""
    return not _shares_sentence(exchange.customer, match, exchange.customer_signal("supposing"))


def _shares_sentence(reading: Reading, match: Match, others: list[Match]) -> bool:
    here = reading.sentence_at(match.first)
    return any(reading.sentence_at(other.first) == here for other in others)


def _quote(exchange: Exchange, match: Match) -> str:
    span = exchange.customer.span(match.first, match.last)
    return " ".join((exchange.draft.customer or "")[span.start : span.end].split())


def _bad_news(exchange: Exchange) -> str:
    """Return the trouble that the reply itself tells of, or nothing."""
    supposed = exchange.signal("harm-supposed")
    found = [match for match in exchange.signal("harm-done") if not _shares_sentence(exchange.reading, match, supposed)]
    if not found:
        return ""
    span = exchange.span(found[0])
    return f"the reply tells of trouble (“{exchange.draft.text[span.start : span.end]}”)"


def _opening(exchange: Exchange) -> Span:
    """Return the first sentence that is not a greeting."""
    spans = [exchange.reading.sentence_span(number) for number in range(len(exchange.reading.sentences))]
    for (first, last), span in zip(exchange.reading.sentences, spans, strict=True):
        if last - first > _GREETING:
            return span
    return spans[0]
