"""Guards that need code."""

import pytest

from tonecheck.draft import Draft
from tonecheck.exchange import Exchange
from tonecheck.guards import JUDGES
from tonecheck.model import Span
from tonecheck.phrases import PhraseBook


def holds(guard, text, word, **draft):
    known = frozenset(draft.pop("known", ()))
    exchange = Exchange(Draft("", text, text, **draft), PhraseBook({}), known)
    return JUDGES[guard](exchange, Span(text.index(word), text.index(word) + len(word)))


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("Use the RMA (return) number.", True),
        ("Use the RMA, which means the return number.", True),
        ("Your account number abroad (RMA) is new.", True),
        ("The RMA is the number on the label.", True),
        ("Use the RMA number.", False),
        ("Use the RMA, the return number, please.", True),
        ("Use the RMA. An RMA just means that we know of the parcel.", True),
        ("Use the RMA (555-0148).", False),
    ],
)
def test_explained(text, explained):
    assert holds("explained", text, "RMA") is explained


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("You wrote “it never works”.", True),
        ('You wrote "it never works" today.', True),
        ("It never works.", False),
        ("It “never” works.", True),
        ("“Hello.” It never works. “Bye.”", False),
    ],
)
def test_quoted(text, quoted):
    assert holds("quoted", text, "never") is quoted


def test_the_customers_word():
    assert holds("customers-word", "The RMA is open.", "RMA", customer="where is my rma?")
    assert not holds("customers-word", "The RMA is open.", "RMA", customer="an rmax?")
    assert not holds("customers-word", "The RMA is open.", "RMA")


def test_known():
    assert holds("known", "The RMA is open.", "RMA", known=["rma"])
    assert not holds("known", "The RMA is open.", "RMA")
