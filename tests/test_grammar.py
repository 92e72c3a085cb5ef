"""The phrase form."""

import pytest

from tonecheck import grammar
from tonecheck.grammar import Context, Edge, Either, Gap, PhraseError, Prefix, Sequence, Slot, Word, parse


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("calm down", Sequence((Word("calm"), Word("down")))),
        ("(a|b c|)", Either((Word("a"), Sequence((Word("b"), Word("c"))), Sequence(())))),
        ("refund*", Prefix("refund")),
        ("^ fine $", Sequence((Edge(first=True), Word("fine"), Edge(first=False)))),
        ("{x} y", Sequence((Slot("x", Gap(1, 12)), Word("y")))),
        ("{x:2-3} y", Sequence((Slot("x", Gap(2, 3)), Word("y")))),
        ("{who:(i|we)} y", Sequence((Slot("who", Either((Word("i"), Word("we")))), Word("y")))),
        ("a ... b", Sequence((Word("a"), Gap(0, 4), Word("b")))),
        ("[you] wait", Sequence((Context(Word("you")), Word("wait")))),
    ],
)
def test_tree(text, tree):
    assert parse(text) == tree


def test_forms_and_classes():
    assert parse("~try") == Either((Word("try"), Word("tries"), Word("tried"), Word("trying")))
    assert parse("@us go", {"us": Word("we")}) == Sequence((Word("we"), Word("go")))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("(a|b", "lacks a closing"),
        ("a)", "nothing opened"),
        ("a {b", "stray"),
        ("{9}", "slot"),
        ("{x:9-2} a", "most"),
        ("{x:1-40} a", "most"),
        ("@nobody", "unknown word class"),
        ("a [b] c", "in the middle"),
        ("{x} a {x}", "twice"),
    ],
)
def test_what_is_no_phrase(text, problem):
    with pytest.raises(PhraseError, match=problem):
        parse(text)


def test_slots_and_sample():
    phrase = "[i] can not {x} until {y:2} (now|)"
    assert grammar.slots(phrase) == ["x", "y"]
    assert grammar.sample(parse(phrase)) == "i can not thing until thing thing now"
