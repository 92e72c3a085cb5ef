"""The placeholders of helpdesks and mailing tools, and the blanks that a person is to fill.

The syntaxes are those of Zendesk, Freshdesk, Intercom, Help Scout, Gorgias, Front, Salesforce, ServiceNow,
HubSpot, Zammad, osTicket, Helprace, Mautic, Mailchimp, ActiveCampaign, SFMC, SuperOffice, Liquid, Handlebars
and Go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tonecheck.draft import GAP, NOUN, STOP, Mask
from tonecheck.model import Span
from tonecheck.readers.tags import BLOCKS, MARKUP

_CURLY = re.compile(
    r"""
      \{\{\{ [^{}]{0,300} \}\}\}
    | \{\{ (?P<double> [^{}]{0,300} ) \}\}
    | \{% (?P<tag> [^{}]{0,300}? ) %\}
    | \{\# (?P<comment> [^{}]{0,300}? ) \#\}
    | [$\#%] \{ [^{}\n]{1,200} \}
    | \{ [!$] \w [^{}\n]{0,200} \}
    | \{ [A-Za-z] [\w.-]{0,60} = [^{}\n]{0,200} \}
    | \{ \w{1,40} (?: [ .-] \w{1,40} ){0,4} \}
    """,
    re.VERBOSE,
)
_STARS = re.compile(r"\*\|([^|\n*]{1,100})\|\*")
_PERCENT = re.compile(
    r"%%=[^%\n]{1,200}=%%|%%[A-Za-z_]\w{0,60}%%|(?<![\w%])%[A-Z][A-Z0-9_-]{1,40}%(?![\w%])",
)
_SQUARE = re.compile(r"\[\[[^\[\]\n]{1,120}\]\]|\[(?P<label>[A-Za-z][^\[\]\n]{0,60})\]")
_ANGLE = re.compile(
    r"<cs:parser>[^<>]{0,200}</cs:parser>"
    r"|<(?P<label>[A-Za-z][\w.'/-]{0,40}(?: [\w.'/-]{1,40}){0,7})>"
    r"|</?(?P<tag>[A-Za-z][A-Za-z0-9]{0,12})(?:\s[^<>]{0,500})?/?>",
)
_SPINTAX = re.compile(r"[$#%]?[{|}]")
_SPINTAX_LONGEST = 500

_FIRST_WORD = re.compile(r"[-~\s]*(#|/|\^|!|\w*)")
# Liquid's and Jinja's tags; any other `{% word %}` is one of Help Scout's fields.
_TAGS = frozenset(
    """
    if elsif elseif elif else endif unless endunless case when endcase for endfor break continue
    cycle tablerow endtablerow assign set capture endcapture comment endcomment increment decrement
    raw endraw include render layout block endblock macro endmacro import from extends with endwith
    autoescape endautoescape
    """.split(),  # noqa: SIM905 - a list of words reads best as words
)
_GO_TAGS = frozenset(["if", "with", "range", "end", "block", "define", "template", "break", "continue"])
_BRANCHES = frozenset(["else", "elsif", "elseif", "elif", "when"])

_ASIDES = frozenset(["see", "sic", "note", "edit", "edited", "update", "updated", "e.g.", "i.e.", "as", "not", "or"])
_ORDERS = frozenset(["insert", "enter", "fill", "type", "paste"])
_BLANKS = frozenset(
    """
    name firstname lastname surname date day month year time number no id amount sum price total
    currency order product item plan company organisation organization agent link url email e-mail
    phone address city country reason issue topic title subject ticket case code tracking deadline
    team department signature customer user username version here x
    """.split(),  # noqa: SIM905 - a list of words reads best as words
)
_SMALL = frozenset(["of", "the", "and", "or", "for", "to", "a", "an", "in", "on", "&", "/", "-"])
_LONGEST_TITLE = 5
_LONGEST_BLANK = 4


def find_placeholders(text: str) -> Iterator[Mask]:
    """Yield placeholders, branch tags, spintax marks and blanks."""
    yield from find_template_marks(text)
    if "[" in text:
        for match in _SQUARE.finditer(text):
            label = match["label"]
            if label is None or is_blank(label):
                yield Mask(Span(*match.span()), NOUN)
    if "<" in text:
        for match in _ANGLE.finditer(text):
            kind = _angle_kind(match)
            if kind:
                yield Mask(Span(*match.span()), kind)


def find_template_marks(text: str) -> Iterator[Mask]:
    """Yield what a template engine would replace or obey: all placeholders but the bracketed blanks."""
    if "{" in text:
        taken = list(_curly(text))
        yield from taken
        if "|" in text:
            yield from _spintax(text, taken)
    if "*|" in text:
        for match in _STARS.finditer(text):
            yield Mask(Span(*match.span()), _star_kind(match[1].upper()))
    if "%" in text:
        yield from (Mask(Span(*match.span()), NOUN) for match in _PERCENT.finditer(text))


def is_blank(label: str) -> bool:
    """Return whether a label is to be filled in: `NAME`, `order_id`, `Customer Name`, `insert date`."""
    words = label.split()
    first, last = words[0].lower(), words[-1].lower()
    if first in _ASIDES:
        return False
    if first in _ORDERS or label.isupper():
        return len(label) > 1
    if len(words) == 1 and ("_" in label or "." in label[1:-1]):
        return True
    if last in _BLANKS and len(words) <= _LONGEST_BLANK:
        return True
    return 1 < len(words) <= _LONGEST_TITLE and all(word[0].isupper() or word in _SMALL for word in words)


def _curly(text: str) -> Iterator[Mask]:
    comment_at: int | None = None
    for match in _CURLY.finditer(text):
        span = Span(*match.span())
        word, kind = "", NOUN
        if match["double"] is not None:
            kind = _double_kind(match["double"])
        elif match["tag"] is not None:
            word, kind = _tag_kind(match["tag"])
        elif match["comment"] is not None:
            kind = GAP
        if word == "comment":
            comment_at = span.start
        elif word == "endcomment" and comment_at is not None:
            yield Mask(Span(comment_at, span.end), GAP)
            comment_at = None
            continue
        yield Mask(span, kind)


def _first_word(inner: str) -> str:
    match = _FIRST_WORD.match(inner)
    return match[1].lower() if match else ""


def _double_kind(inner: str) -> str:
    word = _first_word(inner)
    if word in _BRANCHES or inner.strip(" ~-") == "^":
        return STOP
    return GAP if word in _GO_TAGS or (word and word in "#/^!") else NOUN


def _tag_kind(inner: str) -> tuple[str, str]:
    word = _first_word(inner)
    # A field has a dot right after its first word: `{%case.number%}`.
    if word not in _TAGS or re.match(r"[-\s]*\w+\.", inner):
        return word, NOUN
    return word, STOP if word in _BRANCHES else GAP


def _star_kind(field: str) -> str:
    if field.startswith("ELSE"):
        return STOP
    return GAP if field.startswith(("IF:", "IFNOT:", "END:", "INTERESTED:")) else NOUN


def _angle_kind(match: re.Match[str]) -> str | None:
    label: str | None = match["label"]
    tag = (match["tag"] or label or "").rstrip("/").lower()
    if tag in MARKUP:
        return STOP if tag in BLOCKS or tag == "br" else GAP
    if label is None:
        return NOUN if tag in {"", "attribute"} else None
    # "x<y and z>w" is arithmetic.
    before = match.string[match.start() - 1 : match.start()] if match.start() else ""
    return NOUN if not before.isalnum() or is_blank(label) else None


def _spintax(text: str, taken: list[Mask]) -> Iterator[Mask]:
    """Yield the braces and pipes of `{Hi|Hello|{Good day|Hey}}`."""
    starts = {mask.span.start: mask.span.end for mask in taken}
    skip_to = 0
    open_groups: list[list[int]] = []
    for match in _SPINTAX.finditer(text):
        if match.start() < skip_to:
            continue
        at = match.end() - 1
        if match.start() in starts or at in starts:
            skip_to = starts.get(match.start(), starts.get(at, 0))
        elif text[at] == "{":
            open_groups.append([at])
        elif not open_groups:
            continue
        elif text[at] == "|":
            open_groups[-1].append(at)
        else:
            start, *pipes = open_groups.pop()
            if pipes and at - start <= _SPINTAX_LONGEST:
                yield Mask(Span(start, start + 1), GAP)
                yield from (Mask(Span(pipe, pipe + 1), STOP) for pipe in pipes)
                yield Mask(Span(at, at + 1), GAP)
