"""Make the better wordings of a hit: fill the slots, fit them into the sentence, and say whether they are safe."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence

from tonecheck.anchors import RARE, chance
from tonecheck.draft import GAP, NOUN, STOP, Draft, Encoding
from tonecheck.model import Span, Suggestion

Pieces = tuple[str | Span, ...]

_SLOT = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_BLANK = re.compile(r"<[^<>]+>")
_FACT = re.compile(r"\d+(?:[.,:/]\d+)*|[$£€¥₹%]|(?<![.!?]\s)(?<!^)\b[A-Z][\w'’-]+")
_NOT_A_FACT = frozenset({"I", "I'm", "I’m", "I'll", "I’ll", "I've", "I’ve", "I'd", "I’d", "As", "But", "So", "And"})
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|neither|nor|without|cannot|unable|refuse\w*|declin\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
_DUTY = re.compile(r"\b(?:must|have to|has to|need(?:s|ed)? to|required?|obliged|mandatory)\b", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:please|could you|can you|would you|still need|next step|needs?|needed|required?|must|have to)\b",
    re.IGNORECASE,
)
_MAIN_CLAUSE = re.compile(
    r"(?:[,;:–—-]|(?:[,;] |^)(?:and|so|but|then|now|first|next)|\b(?:so|then))\s*$", re.IGNORECASE
)
_EMPHASIS = re.compile(r"(?:</?(?:b|i|em|strong|u|span|font|small|br)\b[^<>]*>|\s)*", re.IGNORECASE)
_BULLET = re.compile(r"(?:^|[\n\r])[ \t]*[-*•–—][ \t]*$")
_REQUESTS = ("please", "could you", "can you", "would you", "will you")
_OPENERS = "\"'“‘(*_"


def suggestions(
    draft: Draft,
    span: Span,
    says: Iterable[str],
    captures: Mapping[str, Span],
    *,
    vouched: bool | None,
) -> tuple[Suggestion, ...]:
    """Return a suggestion for each text of `says` put in place of `span` of the readable text.

    `vouched` is what the rule says of their safety (see `rule.Row`).  An empty text deletes; its edits also take the
    punctuation that goes with the words.
    """
    made = []
    for say in says:
        where, pieces = _fitted(draft.text, span, _pieces(draft, say, captures))
        text = "".join(piece if isinstance(piece, str) else draft.text[piece.start : piece.end] for piece in pieces)
        safe = vouched is not False and is_safe(draft, where, text, vouched=bool(vouched))
        safe = safe and _fits(draft, span, say) and _leaves_markup_whole(draft, where)
        if not say and not (draft.text[: where.start] + draft.text[where.end :]).strip():
            safe = False
        made.append(Suggestion(text if say else "", draft.replace(where, pieces), safe))
    return tuple(made)


def _fits(draft: Draft, span: Span, say: str) -> bool:
    """Return whether `say` can stand for whole words, and, as a request, only where a clause begins."""
    text = draft.text
    if "-" in {text[span.start - 1 : span.start], text[span.end : span.end + 1]}:
        return False
    return not say.startswith(_REQUESTS) or _may_ask(text, span.start)


def _may_ask(text: str, start: int) -> bool:
    """Return whether a request can stand at `start`: where a sentence or a main clause begins, not after “that”."""
    return _opens_sentence(text, start) or _MAIN_CLAUSE.search(text[max(0, start - 40) : start]) is not None


def _leaves_markup_whole(draft: Draft, span: Span) -> bool:
    """Return whether the words can go without leaving a link, code, a branch of a template or a mark of emphasis empty.

    Only HTML's tags of emphasis may lie among them: with nothing between them they show nothing.
    """
    if not {GAP, STOP}.isdisjoint(draft.masked[span.start : span.end]):
        return False
    runs = draft.runs(span)
    between = (draft.source[one.end : other.start] for one, other in itertools.pairwise(runs))
    return all(draft.encoding is Encoding.HTML and _EMPHASIS.fullmatch(gap) for gap in between)


def is_safe(draft: Draft, span: Span, new: str, *, vouched: bool = False) -> bool:
    """Return whether `new` can stand for `span` as it is: no blank to fill, and no fact of the old words lost.

    Facts are numbers, sums, names, masked words; and, unless `vouched`, negations and obligations.
    """
    old = draft.text[span.start : span.end]
    if _BLANK.search(new) or not all(word in new for word in _masked_words(draft, span)):
        return False
    if new.casefold() == old.casefold():
        return True
    if not _facts(old) <= _facts(new, strict=False):
        return False
    if vouched:
        return True
    if len(_NEGATION.findall(old)) > len(_NEGATION.findall(new)):
        return False
    return not _DUTY.search(old) or bool(_ASKED.search(new))


def _masked_words(draft: Draft, span: Span) -> list[str]:
    found = re.compile(f"{NOUN}+").finditer(draft.masked, span.start, span.end)
    return [draft.text[match.start() : match.end()] for match in found]


def _facts(text: str, *, strict: bool = True) -> set[str]:
    if not strict:
        return {*_FACT.findall(text), *re.findall(r"\b[A-Z][\w'’-]+", text)}
    return set(_FACT.findall(text)) - _NOT_A_FACT


def _pieces(draft: Draft, say: str, captures: Mapping[str, Span]) -> list[str | Span]:
    pieces: list[str | Span] = []
    at = 0
    for slot in _SLOT.finditer(say):
        pieces.append(say[at : slot.start()])
        where = captures.get(slot[1])
        if where:
            pieces += _inside_sentence(draft.text, where) if any(pieces) else (where,)
        at = slot.end()
    pieces.append(say[at:])
    return [piece for piece in pieces if piece]


def _inside_sentence(text: str, span: Span) -> Pieces:
    """Return the words of a slot as they stand after others: an everyday word loses the capital of its sentence."""
    first = re.compile(r"[A-Z][a-z]*(?![\w'’])").match(text, span.start, span.end)
    if first and chance(first[0].lower()) > RARE and first[0] != "I" and _opens_sentence(text, span.start):
        return (first[0].lower(), Span(first.end(), span.end))
    return (span,)


def _fitted(text: str, span: Span, pieces: list[str | Span]) -> tuple[Span, Pieces]:
    """Return the range to replace and what to put there, so that the sentence reads on."""
    if not pieces:
        return _deletion(text, span)
    first = text[span.start : span.start + 1]
    if first.isupper() and _opens_sentence(text, span.start):
        pieces = _capitalised(text, pieces)
    if text[span.start - 1 : span.start].isalnum() and isinstance(pieces[0], str) and pieces[0][0].isalnum():
        pieces = [" ", *pieces]
    span, pieces = _with_article(text, span, pieces)
    stop = text[span.end : span.end + 1]
    if stop and stop in ".!?" and isinstance(pieces[-1], str) and pieces[-1][-1] in ".!?":
        span = Span(span.start, span.end + 1)
    return span, tuple(pieces)


def _with_article(text: str, span: Span, pieces: list[str | Span]) -> tuple[Span, list[str | Span]]:
    """Return the replacement with the indefinite article before it, where that must change its form."""
    article = re.compile(r"\b(an?)[ \t]+$", re.IGNORECASE).search(text[max(0, span.start - 8) : span.start])
    if not article or not isinstance(pieces[0], str) or not pieces[0][0].isalpha():
        return span, pieces
    needs_an = pieces[0][0].lower() in "aeiou" and not re.match(r"(?:uni|use|eu|one)", pieces[0], re.IGNORECASE)
    if needs_an is (article[1].lower() == "an"):
        return span, pieces
    new = article[1][0] + ("n " if needs_an else " ")
    return Span(span.start - len(article[0]), span.end), [new, *pieces]


def _deletion(text: str, span: Span) -> tuple[Span, Pieces]:
    """Return the range that goes with the words: a comma and the space after them, or the rest of the sentence."""
    opens = _opens_sentence(text, span.start)
    start, end = span.start, span.end
    before = _back_over(text, start, " \t")
    if not opens and text[before - 1 : before] == "," and text[end : end + 1] == ",":
        return Span(before - 1, end + 1), ()
    rest = re.compile(r"[,;:–—-]?[ \t]*").match(text, end)
    end = rest.end() if rest else end
    if text[end : end + 1] in {".", "!", "?"} or end == len(text) or text[end] == "\n":
        if opens:
            closing = re.compile(r"[.!?]*[ \t]*").match(text, end)
            end = closing.end() if closing else end
            ends_line = end == len(text) or text[end] == "\n"
            return Span(_back_over(text, start, " \t") if ends_line else start, end), ()
        return Span(_back_over(text, start, " \t,;:–—-"), span.end), ()
    if opens and text[start : start + 1].isupper() and text[end].islower():
        return Span(start, end + 1), (text[end].upper(),)
    return Span(start, end), ()


def _back_over(text: str, at: int, characters: str) -> int:
    """Return where the run of `characters` that ends at `at` begins."""
    while at and text[at - 1] in characters:
        at -= 1
    return at


def _capitalised(text: str, pieces: Sequence[str | Span]) -> list[str | Span]:
    first, *rest = pieces
    if isinstance(first, str):
        return [first[:1].upper() + first[1:], *rest]
    letter = text[first.start]
    return [letter.upper(), Span(first.start + 1, first.end), *rest]


def _opens_sentence(text: str, start: int) -> bool:
    near = text[max(0, start - 40) : start]
    if _BULLET.search(near):
        return True
    before = near.rstrip(_OPENERS).rstrip(" \t")
    return not before or before[-1] in ".!?…:\n\r\v\f\x85\u2028\u2029" or before[-1] == ")"
