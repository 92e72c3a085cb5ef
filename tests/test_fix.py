"""Fixing: which edits, made how, and when to stop."""

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.team import BAD, FIXED, ID, team
from tonecheck.api import Linter
from tonecheck.config import Config
from tonecheck.fix import apply, chosen, combined, settle
from tonecheck.model import Edit, Finding, Severity, Span, Suggestion
from tonecheck.readers.tickets import read_tickets


def finding(start, end, new, *, severity=Severity.WARNING, safe=True, rule="blame/x"):  # noqa: PLR0913
    span = Span(start, end)
    rewrites = (Suggestion(new, (Edit(span, new),), safe),) if new is not None else ()
    return Finding(rule, "blame", severity, "", "", span, span, 1, 1, "", rewrites)


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([], "0123456789"),
        ([finding(2, 4, "x"), finding(6, 8, "y")], "01x45y89"),
        ([finding(6, 8, "y"), finding(2, 4, "x")], "01x45y89"),
        ([finding(2, 6, "x"), finding(5, 8, "y")], "01x6789"),
        ([finding(2, 6, "x"), finding(5, 8, "y", severity=Severity.ERROR)], "01234y89"),
        ([finding(2, 4, "x"), finding(4, 6, "y")], "01x456789"),
        ([finding(2, 4, "x", safe=False)], "0123456789"),
        ([finding(2, 4, None)], "0123456789"),
        ([finding(2, 4, "")], "01456789"),
    ],
)
def test_the_edits_that_are_chosen(findings, expected):
    assert apply("0123456789", chosen(findings)) == expected


def replacing(**words):
    """Look for words, each to be replaced by another."""

    def look(text):
        for match in re.finditer("|".join(words), text):
            yield finding(match.start(), match.end(), words[match[0]], rule=f"blame/{match[0]}")

    return look


@pytest.mark.parametrize(
    ("words", "source", "expected", "count"),
    [
        ({"a": "b"}, "a c a", "b c b", 2),
        ({"a": "b", "b": "c"}, "a.b", "c.c", 3),
        ({"a": "b", "b": "a"}, "a.b", "a.b", 0),
        ({"a": "aa", "x": "y"}, "a.x", "a.y", 1),
        ({"a": ""}, "x a y", "x  y", 1),
    ],
)
def test_fixing_goes_on_until_nothing_is_left(words, source, expected, count):
    look = replacing(**words)
    fixed = settle(source, look)
    assert (fixed.text, fixed.count) == (expected, count)
    assert apply(source, fixed.edits) == expected
    assert settle(fixed.text, look).text == fixed.text


@st.composite
def edits_of(draw, length):
    edits, at = [], 0
    while at <= length and draw(st.booleans()):
        start = draw(st.integers(at, length))
        end = draw(st.integers(start, length))
        edits.append(Edit(Span(start, end), draw(st.text("xyz", max_size=3))))
        at = end + 1
    return edits


@given(st.text("abc", max_size=20), st.data())
def test_two_rounds_of_edits_are_one(source, data):
    first = data.draw(edits_of(len(source)))
    between = apply(source, first)
    then = data.draw(edits_of(len(between)))
    assert apply(source, combined(first, then)) == apply(between, then)


@pytest.fixture(scope="module")
def linter(tmp_path_factory):
    return Linter(Config.read(team(tmp_path_factory.mktemp("team")) / "tonecheck.toml"))


CALM = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
PROSE = st.lists(st.one_of(st.just(f"\n{BAD}\n"), st.just(f" {BAD} "), CALM), max_size=5).map("".join)
quick = settings(max_examples=60, deadline=None)


@quick
@given(PROSE)
def test_fixing_text_changes_only_the_words_and_only_once(linter, source):
    fixed = linter.fix(source)
    assert linter.fix(fixed) == fixed
    back = re.compile(FIXED.removesuffix("."), re.IGNORECASE)
    assert back.sub(BAD.removesuffix("."), fixed) == source


@quick
@given(st.lists(st.sampled_from(["<p>", "</p>", "<b>", "</b>", " ", "&amp;", "You zorgled the box.", "é", "\r\n"])))
def test_fixing_html_keeps_every_tag(linter, pieces):
    source = "".join(pieces)
    fixed = linter.fix(source, format="html")
    assert linter.fix(fixed, format="html") == fixed
    assert tags(fixed) == tags(source)


def tags(source):
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, attributes))
    parser.handle_endtag = found.append
    parser.feed(source)
    return found


def fixed_rows(linter, text, name):
    edits = [edit for row in read_tickets(text.splitlines(keepends=True), name=name) for edit in rewrites(linter, row)]
    return apply(text, edits)


def rewrites(linter, row):
    return row.in_file(linter.fix_draft(row.draft).edits)


REPLIES = st.lists(PROSE.map(lambda text: " ".join(text.split())), min_size=1, max_size=4)


@quick
@given(REPLIES, st.booleans())
def test_fixing_json_lines_leaves_json_lines(linter, replies, ascii_only):
    rows = [{"id": number, "reply": reply, "extra": "é"} for number, reply in enumerate(replies)]
    text = "".join(json.dumps(row, ensure_ascii=ascii_only) + "\n" for row in rows)
    fixed = fixed_rows(linter, text, "a.jsonl")
    assert [json.loads(line) for line in fixed.split("\n") if line] == [
        {**row, "reply": linter.fix(row["reply"])} for row in rows
    ]
    assert fixed_rows(linter, fixed, "a.jsonl") == fixed


@quick
@given(REPLIES, st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
def test_fixing_csv_leaves_csv(linter, replies, quoting):
    replies = [reply.replace("\r", "") for reply in replies]
    made = io.StringIO(newline="")
    csv.writer(made, quoting=quoting).writerows([["id", "reply"], *([1, f"a {reply}"] for reply in replies)])
    fixed = fixed_rows(linter, made.getvalue(), "a.csv")
    rows = list(csv.reader(io.StringIO(fixed, newline="")))
    assert rows[1:] == [["1", linter.fix(f"a {reply}")] for reply in replies]


def test_a_ticket_keeps_its_format_and_its_suppressions(linter):
    rows = [
        {"reply": f"<p>a &amp; b</p><p>{BAD}</p>", "format": "html"},
        {"reply": f"`{BAD}` {BAD}", "format": "markdown"},
        {"reply": BAD, "ignore": [ID]},
    ]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    assert [json.loads(line)["reply"] for line in fixed_rows(linter, text, "a.jsonl").splitlines()] == [
        f"<p>a &amp; b</p><p>{FIXED}</p>",
        f"`{BAD}` {FIXED}",
        BAD,
    ]


def test_emphasis_in_markdown_is_not_left_empty():
    linter = Linter(Config(select=("negative-framing/cannot-until",)))
    source = "We **can't send** it until Friday comes. We can't send it until **Friday** comes."
    assert "****" not in linter.fix(source, format="markdown")


@pytest.mark.parametrize(
    ("format", "source"),
    [
        ("markdown", "You failed to attach the [form](https://x.example/form)."),
        ("markdown", "You failed to attach `the receipt`."),
        ("markdown", "**I can't** refund *this* until it arrives."),
        ("html", "<p>You failed to attach <a href='https://x.example/form'>the form</a> today.</p>"),
        ("html", "<p>You failed to attach x<sup>2</sup>.</p>"),
        ("text", "I can't refund {the|your} order until {it|the parcel} arrives."),
        ("text", "I can't refund {{#if x}}this{{/if}} until {{#if x}}it{{/if}} arrives."),
    ],
)
def test_what_markup_holds_is_not_moved_out_of_it(format, source):  # noqa: A002
    assert Linter(Config(select=("blame", "negative-framing"))).fix(source, format=format) == source


def test_a_sentence_after_a_bullet_keeps_its_capital():
    fixed = Linter(Config(select=("blame",))).fix("- You failed to attach the receipt.")
    assert fixed == "- We still need you to attach the receipt."
