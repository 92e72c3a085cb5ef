"""The words that a finding names are the words at its offsets in the source, in every format and in any script."""

import csv
import html
import io
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tonecheck import Config, Linter
from tonecheck.readers.tickets import Ticket, read_tickets

LINTER = Linter(Config(select=("dismissive/calm-down",)))
PLANTED = {
    "text": ["Calm down.", "calm\u00a0down!", "CALM\tdown."],
    "markdown": ["Calm down.", "Calm **down**.", "*calm* down!", "Calm\ndown."],
    "html": ["Calm down.", "Calm <b>down</b>.", "<i>calm</i>&nbsp;down!", "Calm\n  down.", "C&#97;lm down."],
}
AROUND = st.lists(
    st.sampled_from(
        ["👩‍👩‍👧", "😀", "é", "e\u0301", "שלום", "مرحبا", "日本語", "Ünïcode", "x", "£20", "\U0001d11e", "ﬁ", "\u200d"]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)
BREAK = st.sampled_from(["\n\n", "\r\n\r\n", "\r\n\r\n\r\n"])


@st.composite
def drafts(draw, kind):
    """Return a source of a format in which some faults are planted, and how many."""
    blocks, planted = [], 0
    for _ in range(draw(st.integers(1, 5))):
        before = draw(AROUND)
        block = html.escape(before) if kind == "html" else before
        if draw(st.booleans()):
            planted += 1
            block += ". " + draw(st.sampled_from(PLANTED[kind]))
        blocks.append(f"<p>{block}</p>" if kind == "html" else block)
    return draw(BREAK).join(blocks), planted


def said(words):
    """Return what a reader of the source's words would read, letters only."""
    return re.sub(r"[^a-z]", "", html.unescape(re.sub(r"<[^>]*>", "", words)).lower())


@pytest.mark.parametrize("kind", PLANTED)
@given(data=st.data())
@settings(deadline=None, max_examples=120)
def test_findings_stand_where_they_say(kind, data):
    source, planted = data.draw(drafts(kind))
    findings = LINTER.lint(source, format=kind).findings
    assert len(findings) == planted
    units = source.encode("utf-16-le", "surrogatepass")
    lines = re.split(r"(?<=\n)", source)
    for finding in findings:
        words = source[finding.span.start : finding.span.end]
        assert said(words) == "calmdown"
        assert finding.text == words
        assert units[2 * finding.utf16.start : 2 * finding.utf16.end].decode("utf-16-le", "surrogatepass") == words
        assert lines[finding.line - 1][finding.column - 1 :].startswith(words.split("\n")[0])


def as_csv(replies):
    out = io.StringIO()
    csv.writer(out).writerows([("id", "reply"), *enumerate(replies)])
    return out.getvalue()


def as_json_lines(replies):
    return "".join(json.dumps({"id": number, "reply": reply}) + "\n" for number, reply in enumerate(replies))


@pytest.mark.parametrize(("name", "write"), [("rows.csv", as_csv), ("rows.jsonl", as_json_lines)])
@given(data=st.data())
@settings(deadline=None, max_examples=60)
def test_findings_of_tickets_stand_in_the_reply(name, write, data):
    replies = data.draw(st.lists(drafts("text"), min_size=1, max_size=4))
    file = write([source for source, _ in replies])
    tickets = list(
        read_tickets(file.splitlines(keepends=True) if name.endswith("l") else io.StringIO(file, newline=""), name=name)
    )
    for ticket, (source, planted) in zip(tickets, replies, strict=True):
        assert isinstance(ticket, Ticket)
        findings = LINTER.lint_draft(ticket.draft).findings
        assert [said(source[f.span.start : f.span.end]) for f in findings] == ["calmdown"] * planted
