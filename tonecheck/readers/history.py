"""What a mail carries besides the reply: quoted history, signatures and disclaimers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tonecheck.draft import STOP, Mask
from tonecheck.model import Span

_QUOTED = re.compile(r"^[ \t]{0,3}>[^\n]*(?:\n[ \t]{0,3}>[^\n]*)*", re.MULTILINE)
_WROTE = re.compile(r"\bwrote:[ \t\r]*$", re.MULTILINE)
_MARKED = re.compile(r"\s*>")
_DATED = re.compile(r"\d{1,2}:\d\d|\b(?:19|20)\d\d\b|[<@]|^On (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b")
_FORWARDED = re.compile(
    r"^[ \t*]*(?:-{2,}[ \t]*(?:original|forwarded) message[ \t]*-{2,}|begin forwarded message:)",
    re.IGNORECASE | re.MULTILINE,
)
_HEADERS = re.compile(
    r"^[ \t*]*From:[^\n]{1,300}\n"
    r"(?:\r?\n)?(?:[ \t*]*(?:Sent|Date|To|Cc|Subject|Reply-To):[^\n]{0,500}(?:\r?\n){0,2}){2,8}",
    re.MULTILINE,
)
_REPLY_ABOVE = re.compile(r"^##-[^\n]{1,100}-##", re.MULTILINE)
_DASHES = re.compile(r"^--(?P<space> ?)[ \t\r]*$", re.MULTILINE)
_DEVICE = re.compile(r"^(?:Sent from my [^\n.!?]{1,40}|Get Outlook for [^\n.!?]{1,20})\.?[ \t\r]*$", re.MULTILINE)
_AGENT = re.compile(r"(?:\A|(?<=\s))\^[A-Za-z]\w{0,20}(?=\s*\Z)|\A\s*\^[A-Za-z]\w{0,20}\b")

_NOT_INTENDED = re.compile(r"\bnot\s{1,4}the\s{1,4}(?:intended|named)\s{1,4}(?:recipient|addressee)", re.IGNORECASE)
_THIS_MAIL = re.compile(
    r"\b(?:this|the)\s{1,4}(?:e-?mail|message|communication|transmission|document)\b"
    r"|\bin\s{1,4}this\s{1,4}(?:e-?mail|message)\b|\b(?:important|confidentiality|legal)\s{1,4}notice:|\bdisclaimer:",
    re.IGNORECASE,
)
_CONFIDENTIAL = re.compile(r"\bconfidential|\bintended\b|\bprivileged\b|\bliab(?:le|ility)\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")

_CLOSINGS = frozenset(
    [
        *("regards", "kind regards", "best regards", "warm regards", "warmest regards", "kindest regards"),
        *("many regards", "with kind regards", "with best regards", "with regards", "kr", "br"),
        *("best", "all the best", "best wishes", "all best", "very best", "with best wishes"),
        *("thanks", "thank you", "many thanks", "thanks again", "thanks so much", "thank you so much", "thx"),
        *(
            "cheers",
            "sincerely",
            "yours sincerely",
            "yours faithfully",
            "yours truly",
            "yours",
            "sincerely yours",
        ),
        *("cordially", "respectfully", "take care", "warmly", "with thanks", "thanks and regards", "love"),
        *("thanks & regards", "thanks and best regards", "have a great day", "have a nice day", "talk soon"),
    ],
)
_LONGEST_CLOSING = 30
_LONGEST_LINE = 70
_LONGEST_SIGNATURE = 7
_TAIL = 500

_WORD = re.compile(r"[^\W_][\w.'’-]*")
_SPEAKS = frozenset(
    """
    i i'm i've i'll you you're you'll we we're we'll we've it it's this that is are was were be been
    am has have had will won't would can can't cannot could should must may might do does did don't
    doesn't didn't not no never please need failed if because but unfortunately sorry let
    """.split(),  # noqa: SIM905 - a list of words reads best as words
)
_LOWER = frozenset(
    """
    of the and for at in on to de la le van von der den di da dos bin al team support customer
    service care success your from with by tel mobile phone fax
    """.split(),  # noqa: SIM905 - a list of words reads best as words
)
_ABBREVIATION = 4
_LONGEST_NAMELESS = 12


def find_history(text: str) -> Iterator[Mask]:
    """Yield quoted history, signatures and disclaimers of a mail in plain text."""
    # Each search waits for a cheap sign that it may find something; one character is found fastest.
    headers = _reply_headers(text) if ":" in text and "wrote:" in text else []
    end = _end_of_reply(text, headers)
    if end < len(text):
        yield Mask(Span(end, len(text)), STOP)
    if ">" in text:
        yield from (Mask(Span(*match.span()), STOP) for match in _QUOTED.finditer(text, 0, end))
    yield from (Mask(header, STOP) for header in headers if header.end <= end)
    if "#" in text:
        yield from (Mask(Span(*match.span()), STOP) for match in _REPLY_ABOVE.finditer(text, 0, end))
    yield from _signature(text, end)
    if "Sent from my" in text or "Outlook for" in text:
        yield from (Mask(Span(*match.span()), STOP) for match in _DEVICE.finditer(text, 0, end))
    if "^" in text:
        yield from (Mask(Span(*match.span()), STOP) for match in _AGENT.finditer(text))
    yield from _disclaimers(text)


def _end_of_reply(text: str, headers: list[Span]) -> int:
    """Return where the mail that is answered, or a signature after two dashes, begins."""
    ends = [len(text)]
    if ":" in text and "From:" in text:
        ends += (match.start() for match in _HEADERS.finditer(text))
    dashes = "-" in text and "--" in text
    if dashes or "message:" in text:
        ends += (match.start() for match in _FORWARDED.finditer(text))
    # Where the quoted lines carry their own marks, the answer may stand below them.
    ends += (header.start for header in headers if not _MARKED.match(text, header.end))
    if dashes:
        ends += _dashes(text)
    return min(ends)


def _reply_headers(text: str) -> list[Span]:
    """Return where `On 3 May 2024 at 10:12, Jo <jo@example.com> wrote:` stands, on one line or two."""
    found = []
    for match in _WROTE.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        if not text.startswith("On ", start) and start:
            start = text.rfind("\n", 0, start - 1) + 1
        header = text[start : min(match.start(), start + 400)]
        if header.startswith("On ") and _DATED.search(header):
            found.append(Span(start, match.end()))
    return found


def _dashes(text: str) -> Iterator[int]:
    """Yield where `-- ` begins; without its space it must have the length of a signature behind it."""
    match = _DASHES.search(text)
    if match and (match["space"] or len(text[match.end() :].split("\n", 30)) <= _LONGEST_NAMELESS):
        yield match.start()


def _signature(text: str, end: int) -> Iterator[Mask]:
    """Yield what follows a closing such as `Kind regards,`, when it is names, titles and numbers alone."""
    start = max(0, end - _TAIL)
    if start:
        start = text.find("\n", start, end) + 1 or end
    at, closed, first, last, lines = start, False, -1, -1, 0
    for line in text[start:end].split("\n"):
        bare = line.strip()
        if len(bare) <= _LONGEST_CLOSING and bare.rstrip(" ,.!-–—").lower() in _CLOSINGS:
            closed, first, last, lines = True, -1, -1, 0
        elif closed and bare:
            if bare.lower().startswith(("p.s", "ps ", "ps:")):
                break
            if not _signs(bare):
                closed = False
            else:
                first = at if first < 0 else first
                last = at + len(line.rstrip())
                lines += 1
        at += len(line) + 1
    if closed and first >= 0 and lines <= _LONGEST_SIGNATURE:
        yield Mask(Span(first, last), STOP)


def _signs(line: str) -> bool:
    """Return whether a line reads like a name, a title or an address, not like a sentence."""
    if len(line) > _LONGEST_LINE or line.endswith(("!", "?", ":")):
        return False
    if "://" in line or "@" in line or "{{" in line:
        return True
    words = _WORD.findall(line)
    if line.endswith(".") and words and len(words[-1].rstrip(".")) > _ABBREVIATION:
        return False
    lowered = [word.lower().replace("’", "'") for word in words]
    if not _SPEAKS.isdisjoint(lowered):
        return False
    return len(words) == 1 or all(
        not word[0].islower() or low in _LOWER for word, low in zip(words, lowered, strict=True)
    )


def _disclaimers(text: str) -> Iterator[Mask]:
    """Yield the paragraphs that say who may read the mail."""
    if not _may_disclaim(text.lower()):
        return
    start = 0
    for stop in (*(match.start() for match in _PARAGRAPH.finditer(text)), len(text)):
        paragraph = text[start:stop]
        if _NOT_INTENDED.search(paragraph) or (_THIS_MAIL.search(paragraph) and _CONFIDENTIAL.search(paragraph)):
            yield Mask(Span(start + len(paragraph) - len(paragraph.lstrip()), stop), STOP)
        start = stop


def _may_disclaim(text: str) -> bool:
    # Written out, for it is asked of every reply: a generator costs more than the search.
    return (
        "confidential" in text
        or "recipient" in text
        or "addressee" in text
        or "privileged" in text
        or "disclaimer" in text
    )
