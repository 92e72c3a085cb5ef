"""Renderers: the words in their line, the contract of the JSON, the styles."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonecheck.draft import Draft
from tonecheck.model import Edit, Finding, Report, Severity, Span, Suggestion
from tonecheck.render import Checked, Tally, records, terminal
from tonecheck.render.style import WIDTH, cells, painted, visible, wrapped
from tonecheck.render.terminal import excerpt


def finding(source, words, severity=Severity.ERROR, suggestions=()):
    draft = Draft("a", source, source)
    start = source.index(words)
    span = Span(start, start + len(words))
    line, column = draft.line_column(start)
    why = "A reason."
    return Finding(
        "blame/x",
        "blame",
        severity,
        f"“{words}” is bad.",
        why,
        span,
        draft.utf16(span),
        line,
        column,
        words,
        suggestions,
    )


def checked(source, *findings, label="a.txt", silenced=0):
    draft = Draft("a", source, source)
    return Checked(label, draft, Report("a", findings, silenced))


def plain(*results, color=False):
    return "".join(terminal.text(results, color=color))


def test_a_finding_in_plain_text():
    safe = Suggestion("Nice", (Edit(Span(7, 10), "Nice"),), safe=True)
    blank = Suggestion("by <day>", (), safe=False)
    unsafe = Suggestion("later", (), safe=False)
    away = Suggestion("", (), safe=False)
    source = "Hello.\nBad thing here."
    assert plain(checked(source, finding(source, "Bad", suggestions=(safe, blank, unsafe, away)))) == (
        "a.txt:2:1  error  blame/x\n"
        "    Bad thing here.\n"
        "    ^^^\n"
        "    “Bad” is bad.\n"
        "    A reason.\n"
        "    → Nice  (fix)\n"
        "    → by <day>  (fill in)\n"
        "    → later  (check the facts)\n"
        "    → delete these words  (check the facts)\n"
        "\n"
    )


@pytest.mark.parametrize(
    ("before", "words", "columns"),
    [
        ("plain ", "bad", 6),
        ("\t", "bad", 4),
        ("日本語 ", "bad", 7),
        ("e\u0301te\u0301 ", "bad", 4),
        ("👩‍👩‍👧 ", "bad", 3),
        ("a\x1b[31mb ", "bad", 8),
        ("\u202eabc ", "bad", 5),
        ("\x00\ud800 ", "bad", 3),
        ("", "日本", 0),
    ],
)
def test_the_underline_stands_under_the_words(before, words, columns):
    source = before + words + " end"
    lines = plain(checked(source, finding(source, words))).split("\n")
    assert lines[2] == " " * (4 + columns) + "^" * cells(words)
    assert all(character.isprintable() or character == "\u200d" for character in lines[1])


@pytest.mark.parametrize(
    ("source", "words", "expected"),
    [
        ("x" * 500 + " bad " + "y" * 500, "bad", ("…" + "x" * 48 + " ", "bad", " " + "y" * 47 + "…")),
        ("bad " + "y" * 500, "bad", ("", "bad", " " + "y" * 96 + "…")),
        ("x" * 500 + " bad", "bad", ("…" + "x" * 96 + " ", "bad", "")),
        ("bad\nnews here", "bad\nnews", ("", "bad", "…")),
        ("a\r\nbad b\r\nc", "bad", ("", "bad", " b")),
        ("a\rbad b\rc", "bad", ("", "bad", " b")),
    ],
)
def test_a_long_line_is_cut_around_the_words(source, words, expected):
    start = source.index(words)
    assert excerpt(source, start, start + len(words)) == expected


@given(st.text(max_size=400), st.data())
def test_an_excerpt_always_fits(source, data):
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    pieces = excerpt(source, start, end)
    assert sum(map(cells, pieces)) <= WIDTH + 4
    assert all("\n" not in piece and "\x1b" not in piece for piece in pieces)


def test_colour_takes_the_place_of_the_underline():
    source = "A bad thing."
    lines = plain(checked(source, finding(source, "bad")), color=True).split("\n")
    assert lines[1] == "    A \x1b[1;31mbad\x1b[0m thing."
    assert "^" not in "".join(lines)


def test_labels_and_names_cannot_steer_the_terminal():
    source = "A bad thing."
    assert "\x1b" not in plain(checked(source, finding(source, "bad"), label="\x1b[2J.txt"))
    assert painted([("", "bold"), ("a", "")], color=True) == "a"
    assert visible("a\x7fb\x85c") == "a␡b�c"
    assert max(map(len, wrapped("word " * 100, "    "))) <= WIDTH


@pytest.mark.parametrize(
    ("severities", "fixable", "silenced", "clean", "expected"),
    [
        ([], 0, 0, 1, "no findings in 1 reply"),
        ([], 0, 2, 3, "no findings in 3 replies; 2 silenced"),
        ([3], 0, 0, 0, "1 finding (1 error) in 1 reply"),
        (
            [3, 2, 2],
            2,
            0,
            0,
            "3 findings (1 error, 2 warnings) in 1 reply; 2 can be fixed with `tonecheck fix`",
        ),
        ([1], 0, 1, 9, "1 finding (1 suggestion) in 1 of 10 replies; 1 silenced"),
    ],
)
def test_the_summary(severities, fixable, silenced, clean, expected):
    safe = Suggestion("Nice", (), safe=True)
    source = "A bad thing."
    findings = tuple(
        finding(source, "bad", Severity(level), (safe,) * (number < fixable)) for number, level in enumerate(severities)
    )
    tally = Tally()
    if findings:
        tally.add(Report("a", findings, silenced))
    for number in range(clean):
        tally.add(Report("b", (), silenced if not findings and not number else 0))
    assert terminal.summary(tally) == expected + "\n"


def test_jsonl_is_the_contract():
    source = "😀 Bad thing."
    safe = Suggestion("Nice", (Edit(Span(2, 5), "Nice"),), safe=True)
    (line,) = records.jsonl([checked(source, finding(source, "Bad", suggestions=(safe,)), silenced=2)])
    assert line == (
        '{"name": "a", "silenced": 2, "findings": [{"rule": "blame/x", "family": "blame", "severity": "error", '
        '"message": "“Bad” is bad.", "why": "A reason.", "start": 2, "end": 5, "utf16_start": 3, "utf16_end": 6, '
        '"line": 1, "column": 3, "text": "Bad", "suggestions": [{"text": "Nice", "safe": true, '
        '"edits": [{"start": 2, "end": 5, "text": "Nice"}]}]}]}\n'
    )


def test_half_a_surrogate_pair_is_still_json():
    (line,) = records.jsonl([checked("A \ud83d thing.", finding("A \ud83d thing.", "\ud83d"))])
    assert json.loads(line.encode())["findings"][0]["text"] == "\ud83d"


def test_the_json_document():
    source = "A bad thing."
    tally = Tally()

    def results():
        for result in (checked(source, finding(source, "bad")), checked("Fine.")):
            tally.add(result.report)
            yield result

    document = json.loads("".join(records.document(results(), tally)))
    assert document["version"] == 1
    assert [len(draft["findings"]) for draft in document["drafts"]] == [1, 0]
    assert document["summary"] == {
        "drafts": 2,
        "findings": 1,
        "errors": 1,
        "warnings": 0,
        "suggestions": 0,
        "fixable": 0,
        "silenced": 0,
    }
    assert json.loads("".join(records.document([], Tally())))["drafts"] == []
