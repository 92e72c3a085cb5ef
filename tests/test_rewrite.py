"""Better wordings: how they fit, and when they are safe."""

import pytest

from tonecheck import rewrite
from tonecheck.draft import NOUN, Draft, Mask
from tonecheck.fix import apply
from tonecheck.model import Span


def rewritten(text, words, say, captures=None, *, vouched=None, masks=()):  # noqa: PLR0913 - all that a wording hangs on
    start = text.index(words)
    spans = {name: Span(text.index(part), text.index(part) + len(part)) for name, part in (captures or {}).items()}
    draft = Draft("", text, text, masks=masks)
    (made,) = rewrite.suggestions(draft, Span(start, start + len(words)), [say], spans, vouched=vouched)
    return apply(text, made.edits), made.safe


@pytest.mark.parametrize(
    ("text", "words", "say", "result"),
    [
        ("You must pay.", "You must", "please", "Please pay."),
        ("Hi. you must pay.", "you must", "please", "Hi. please pay."),
        ("Now you must pay.", "you must", "please", "Now please pay."),
        ("As I said, it is late.", "As I said", "", "It is late."),
        ("It is, as I said, late.", "as I said", "", "It is late."),
        ("Fine. It's closed.", "'s closed", "is open soon", "Fine. It is open soon."),
        ("It is late. As I said.", "As I said", "", "It is late."),
        ("It is late, as I said.", "as I said", "", "It is late."),
        ("It is late. As I said. Bye", "As I said", "", "It is late. Bye"),
        ("Whatever.", "Whatever", "as you like.", "As you like."),
        ("Send it.", "Send it", "could you send it?", "Could you send it?"),
        ("You need an RMA now.", "RMA", "return number", "You need a return number now."),
        ("Use a PSP.", "PSP", "account", "Use an account."),
    ],
)
def test_it_fits_the_sentence(text, words, say, result):
    assert rewritten(text, words, say)[0] == result


def test_a_slot_that_opens_the_sentence():
    text = "Until Friday the shop can't open."
    assert rewritten(text, "Until Friday the shop can't open", "{who} opens after Friday", {"who": "the shop"}) == (
        "The shop opens after Friday.",
        False,
    )


def test_a_slot_that_leaves_the_start_of_its_sentence():
    assert rewritten("We only refund cards.", "We only refund cards", "what {who} refund: cards", {"who": "We"})[0] == (
        "What we refund: cards."
    )
    assert rewritten("Maria only pays.", "Maria only pays", "what {who} does: pay", {"who": "Maria"})[0] == (
        "What Maria does: pay."
    )


@pytest.mark.parametrize(
    ("text", "words", "say", "vouched", "safe"),
    [
        ("Kindly revert.", "revert", "reply", None, True),
        ("Kindly revert.", "revert", "reply", False, False),
        ("Pay £20 today.", "£20 today", "soon", True, False),
        ("Pay £20 today.", "£20 today", "£20 now", None, True),
        ("We asked Maria twice.", "asked Maria twice", "asked her twice", True, False),
        ("We can't pay.", "can't pay", "can pay", None, False),
        ("We can't pay.", "can't pay", "can't pay yet", None, True),
        ("We can't pay.", "can't pay", "will pay later", True, True),
        ("You must pay.", "You must pay", "you may pay", None, False),
        ("You must pay.", "You must pay", "please pay", None, True),
        ("It comes soon.", "soon", "by <date>", None, False),
        ("We think you must reply.", "you must", "could you", None, False),
        ("Use the SKU-gated list.", "SKU", "item number", None, False),
        ("For your kind information.", "For your kind information", "", True, False),
        ("DO NOT Reply", "DO NOT", "do not", None, True),
        ("and that you must pay.", "you must", "please", None, False),
        ("It is late, so you must pay.", "you must", "please", None, True),
    ],
)
def test_safe(text, words, say, vouched, safe):
    assert rewritten(text, words, say, vouched=vouched)[1] is safe


def test_a_placeholder_is_a_fact():
    text = "Hi {{name}}, wait"
    masks = (Mask(Span(3, 11), NOUN),)
    assert rewritten(text, "{{name}}, wait", "please wait", vouched=True, masks=masks)[1] is False
    assert rewritten(text, "{{name}}, wait", "{who}, please wait", {"who": "{{name}}"}, vouched=True, masks=masks) == (
        "Hi {{name}}, please wait",
        True,
    )
