"""Words, sentences and where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonecheck import language
from tonecheck.draft import NOUN


@pytest.mark.parametrize("written", ["can't", "CAN'T", "Can’t", "cant", "cannot", "can not", "Cannot", "CANNOT"])
def test_one_negation_however_it_is_written(written):
    assert language.words(f"We {written} do it") == ("we", "can", "not", "do", "it")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I'm sure it's fine", "i am sure it 's fine"),
        ("im sure thats it", "i am sure that 's it"),
        ("WON'T DOESN'T Didnt", "will not does not did not"),
        ("We’ll refund; you’ve paid", "we will refund ; you have paid"),
        ("what the f*** is this f**king thing, s***", "what the fuck is this fucking thing , shit"),
        ("You didn't, they hadn't, we should've", "you did not , they had not , we should have"),
        ("pls send ur receipt", "please send your receipt"),
        ("We apologise, it was cancelled", "we apologize , it was canceled"),
        (f"Hi {NOUN * 8}, welcome", f"hi {NOUN} , welcome"),
    ],
)
def test_normal_form(text, words):
    assert " ".join(language.words(text)) == words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("No. We can't (sorry!). Bye", ["No.", "We can't (sorry!).", "Bye"]),
        ("Dear Mr. Lee,\n\nIt is here", ["Dear Mr. Lee,", "It is here"]),
        ("we cannot\nrefund it", ["we cannot\nrefund it"]),
        ("Kind regards,\nAnn", ["Kind regards,", "Ann"]),
        ('He said "Stop." Then left', ['He said "Stop."', "Then left"]),
        ("Call 020 7946 0000 at 5 p.m. today.", ["Call 020 7946 0000 at 5 p.m. today."]),
        ("It's done.Please check", ["It's done.", "Please check"]),
    ],
)
def test_sentences(text, sentences):
    reading = language.read(text)
    spans = [reading.sentence_span(number) for number in range(len(reading.sentences))]
    assert [text[span.start : span.end] for span in spans] == sentences


@given(st.text(max_size=200))
def test_words_stand_where_the_reading_says(text):
    reading = language.read(text)
    assert len(reading.words) == len(reading.starts) == len(reading.ends) == len(reading.offsets)
    assert all(0 <= start < end <= len(text) for start, end in zip(reading.starts, reading.ends, strict=True))
    assert sorted(reading.starts) == reading.starts
    for word, offset in zip(reading.words, reading.offsets, strict=True):
        assert reading.line[offset + 1 : offset + 1 + len(word)] == word
    assert [word for first, last in reading.sentences for word in reading.words[first:last]] == reading.words


@pytest.mark.parametrize("piece", ["x" * 200_000, "," * 100_000, "can't " * 30_000, "😀" * 50_000, "a\n" * 50_000])
def test_hostile_text_is_read(piece):
    assert language.read(piece).words


def test_mood():
    assert language.mood("This is terrible, I hate it") < -0.5 < 0.5 < language.mood("Lovely, thank you so much")
