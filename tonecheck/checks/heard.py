"""What the learned ear hears in a sentence where no rule has spoken."""

from __future__ import annotations

from collections.abc import Iterator

from tonecheck.exchange import Exchange
from tonecheck.model import Hit


def heard(exchange: Exchange, *, family: str = "", threshold: float = 0.9) -> Iterator[Hit]:
    """Yield the words that weighed most in each sentence that is a fault of `family` with at least this likelihood.

    Such a hit stands back where a rule has found something of the family in the same sentence.
    """
    if not exchange.reading.sentences:
        return
    ear = exchange.heard
    column = ear.likelihood[:, ear.families.index(family)]
    for sentence in (column >= threshold).nonzero()[0].tolist():
        first, last = exchange.reading.sentences[sentence]
        begin, end = ear.words(sentence, family, last - first)
        yield Hit(
            exchange.reading.span(first + begin, first + end),
            values={"likelihood": f"{column[sentence]:.0%}"},
            gives_way=exchange.reading.sentence_span(sentence),
        )
