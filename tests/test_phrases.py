"""The phrase engine: what it finds, where, and that more phrases change nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonecheck import language, phrases
from tonecheck.grammar import PhraseError
from tonecheck.phrases import PhraseBook


def find(phrase, text):
    reading = language.read(text)
    matches = PhraseBook({"it": [phrase]}).scan(reading).matches("it")
    spans = [reading.span(match.first, match.last) for match in matches]
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("you (failed|forgot) to {action}", "You forgot to sign, sir.", ["You forgot to sign"]),
        ("you (failed|forgot) to {action}", "You remembered to sign.", []),
        ("can not {x} until {y}", "We CAN'T ship it until Monday, sorry.", ["CAN'T ship it until Monday"]),
        ("can not {x} until {y}", "We can't ship it. Wait until Monday.", []),
        ("can not {x} until {y}", "We can't ship it, so wait until Monday.", []),
        ("[we|i] can not", "Well, we can't. You can't.", ["can't"]),
        ("^ unfortunately (,|)", "Unfortunately, no. It is unfortunately so.", ["Unfortunately,"]),
        ("^ whatever $", "Whatever. Whatever you like!", ["Whatever"]),
        ("that's ... policy", "That's simply our refund policy.", ["That's simply our refund policy"]),
        ("it is easy", "It's easy", ["It's easy"]),
        ("~ship it", "We shipped it, we ship it, we're shipping it", ["shipped it", "ship it", "shipping it"]),
        ("art", "We start the party with art", ["art"]),
        ("two refund*", "Two refunds, two refunded, two funds", ["Two refunds", "two refunded"]),
        ("asap", "We reply ASAP.", ["ASAP"]),
        ("calm down", "Please calm\ndown now", ["calm\ndown"]),
        ("our policy", "It is our “policy”", []),
    ],
)
def test_find(phrase, text, found):
    assert find(phrase, text) == found


def test_captures():
    reading = language.read("I can't send it until you pay.")
    (match,) = PhraseBook({"it": ["can not {x} until {y}"]}).scan(reading).matches("it")
    words = {name: reading.words[first:last] for name, (first, last) in match.captures.items()}
    assert words == {"x": ["send", "it"], "y": ["you", "pay"]}


@pytest.mark.parametrize("text", ["{x}", "(a|)", "^ $", "({x}|a b)", "..."])
def test_a_phrase_needs_a_word(text):
    with pytest.raises(PhraseError, match="at least one word"):
        PhraseBook({"it": [text]})


@pytest.mark.parametrize("text", ["stop. now", "a ^ b", "a $ b"])
def test_a_phrase_that_cannot_match_is_refused(text):
    with pytest.raises(PhraseError, match="can't match"):
        phrases.check(text, {})


WORDS = st.sampled_from(
    [
        "we",
        "can",
        "not",
        "refund",
        "it",
        "until",
        "you",
        "pay",
        "please",
        ",",
        ".",
        "and",
        "the",
        "order",
        "that's",
        "I'll",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=4), st.lists(WORDS, max_size=30), st.lists(WORDS, min_size=1, max_size=3))
def test_every_literal_is_found_whatever_else_is_looked_for(literal, around, other):
    phrase = " ".join(word for word in literal if word not in {",", "."}) or "we"
    text = " ".join(around)
    alone = find(phrase, text)
    both = PhraseBook({"it": [phrase], "other": [" ".join(other).replace(".", "now")]})
    reading = language.read(text)
    spans = [reading.span(match.first, match.last) for match in both.scan(reading).matches("it")]
    assert [text[span.start : span.end] for span in spans] == alone
    wanted = language.words(phrase)
    runs = [
        tuple(reading.words[at : at + len(wanted)])
        for first, last in reading.sentences
        for at in range(first, last - len(wanted) + 1)
    ]
    assert (wanted in runs) == bool(alone)


def test_a_book_that_remembers_is_the_same_book():
    owners = {"it": ["can not {x} until {y}", "(i|we) will (not|never) ..."], "other": ["you must"]}
    book = PhraseBook(owners)
    again = PhraseBook(owners, remembered=book.anchors)
    reading = language.read("We can't go until you must. I will never tell.")
    for owner in owners:
        assert again.scan(reading).matches(owner) == book.scan(reading).matches(owner)
    assert again.anchors == book.anchors
