"""Ticket files: rows, bad rows, and edits that leave the rest of the file alone."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonecheck.draft import Suppression
from tonecheck.model import Edit, ReadError, Span
from tonecheck.readers.tickets import BadRow, Ticket, read_tickets


def tickets(text, name="t.jsonl"):
    return list(
        read_tickets(text.splitlines(keepends=True) if text.isascii() else io.StringIO(text, newline="\n"), name=name)
    )


def apply(text, edits):
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def joined(text):
    """Let two halves of a surrogate pair that came to stand side by side be what JSON makes of them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


REPLIES = st.text(max_size=30) | st.lists(
    st.sampled_from(
        ['"', '""', "\\", "\n", "\r\n", "\t", ",", ";", "é", "😀", "\ud83d", "\u2028", "/", "a", " ", "\b"]
    ),
    max_size=15,
).map("".join)
CSV_REPLIES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30) | st.lists(
    st.sampled_from(['"', '""', ",", ";", "\t", "\n", "\r\n", "é", "😀", "a", " "]),
    max_size=15,
).map("".join)


@st.composite
def edits_of(draw, text, new):
    """Return a few edits of `text` that do not overlap."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    spans = zip(cuts[::2], cuts[1::2], strict=False)
    return [Edit(Span(*span), draw(new)) for span in spans]


@given(reply=REPLIES, ascii_only=st.booleans(), data=st.data())
def test_jsonl_edits_reach_the_file_and_nothing_else(reply, ascii_only, data):
    first = json.dumps({"id": 1, "reply": "é one"}, ensure_ascii=ascii_only)
    row = json.dumps({"reply": "not this", "x": [{"reply": 1}], "reply ": 2, "id": "a"})[:-1]
    row += (
        ' , "reply"\t:  '
        + json.dumps(reply, ensure_ascii=True if any("\ud800" <= c <= "\udfff" for c in reply) else ascii_only)
        + "}"
    )
    text = f"\n{first}\r\n{row}\n"
    *_, ticket = list(read_tickets(io.StringIO(text, newline="\n"), name="t.jsonl"))
    assert isinstance(ticket, Ticket)
    assert ticket.draft.source == joined(reply)
    assert text[ticket.start : ticket.start + len(ticket.raw)] == ticket.raw == row
    place = ticket.place()
    assert len(place.starts) == len(ticket.draft.source)
    for character, start, end in zip(ticket.draft.source, place.starts, place.ends, strict=True):
        assert json.loads(f'"{text[start:end]}"') == character
    edits = data.draw(edits_of(ticket.draft.source, REPLIES))
    expected = apply(ticket.draft.source, edits)
    changed = apply(text, ticket.in_file(edits))
    inside = slice(place.starts[0], place.ends[-1]) if reply else None
    if inside:
        assert changed.startswith(text[: inside.start])
        assert changed.endswith(text[inside.stop :])
    *_, again = list(read_tickets(io.StringIO(changed, newline="\n"), name="t.jsonl"))
    assert joined(again.draft.source) == joined(expected)
    changed.encode()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@given(reply=CSV_REPLIES, data=st.data())
def test_csv_edits_reach_the_file_and_nothing_else(delimiter, quoting, reply, data):
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, quoting=quoting)
    writer.writerows([["id", "Reply", "note"], ["1", "one\ntwo", 'a "b"'], ["2", reply, "x"], ["3", "last", ""]])
    text = file.getvalue()
    rows = list(read_tickets(io.StringIO(text, newline="\n"), name="t.csv"))
    ticket = rows[1]
    assert [row.draft.source for row in rows] == ["one\ntwo", reply, "last"]
    assert text[ticket.start : ticket.start + len(ticket.raw)] == ticket.raw
    place = ticket.place()
    assert len(place.starts) == len(reply)
    for character, start, end in zip(reply, place.starts, place.ends, strict=True):
        assert text[start:end] in {character, character * 2}
    edits = data.draw(edits_of(reply, CSV_REPLIES))
    changed = apply(text, ticket.in_file(edits))
    again = list(csv.reader(io.StringIO(changed, newline=""), delimiter=delimiter))
    assert again[2] == ["2", apply(reply, edits), "x"]
    ours = list(read_tickets(io.StringIO(changed, newline="\n"), name="t.csv"))
    assert [row.draft.source for row in ours] == ["one\ntwo", apply(reply, edits), "last"]
    assert changed.startswith(text[: ticket.start])
    assert changed.endswith(text[ticket.start + len(ticket.raw) :])


def test_an_edit_without_edits_is_nothing():
    (ticket,) = tickets('{"reply": "Hi"}')
    assert ticket.in_file([]) == ()
    (empty,) = tickets('{"id": 1, "reply": ""}')
    assert apply(empty.raw, empty.in_file([Edit(Span(0, 0), "Hi")])) == '{"id": 1, "reply": "Hi"}'


def test_a_row_written_in_escapes_stays_so():
    (plain,) = tickets('{"reply": "caf\\u00e9"}\n')
    (raw,) = tickets('{"reply": "café"}\n')
    assert plain.escape("’\n😀") == "\\u2019\\n\\ud83d\\ude00"
    assert raw.escape("’\n😀\ud83d") == "’\\n😀\\ud83d"


def test_a_bare_csv_field_gets_quotes_when_it_needs_them():
    text = "reply;id\nHi there;1\n"
    (ticket,) = tickets(text, "t.csv")
    assert apply(text, ticket.in_file([Edit(Span(2, 3), ", ")])) == "reply;id\nHi, there;1\n"
    assert apply(text, ticket.in_file([Edit(Span(2, 3), '; "')])) == 'reply;id\n"Hi; ""there";1\n'


def test_a_ticket_has_all_that_the_row_says():
    row = {
        "id": 7,
        "reply": "<p>Hi</p>",
        "customer": "Help",
        "channel": "Chat",
        "ignore": ["blame"],
        "format": "html",
        "x": 1,
    }
    (ticket,) = tickets(json.dumps(row))
    draft = ticket.draft
    assert (draft.name, draft.text, draft.customer, draft.channel) == ("7", "Hi", "Help", "chat")
    assert draft.suppressions == (Suppression(Span(0, 2), ("blame",), 0),)
    assert ticket.extra == {"x": 1}
    assert ticket.line == 1


def test_a_csv_ticket_has_all_that_the_row_says():
    text = (
        '\ufeffID,Reply,Customer,Channel,Ignore,Format,X\n\n7,"a\n""b""",Help,EMAIL,"blame, jargon/x",,1,,\n,b,,,,,\n'
    )
    first, second = tickets(text, "t.csv")
    assert (first.draft.name, first.draft.text, first.draft.customer) == ("7", 'a\n"b"', "Help")
    assert (first.draft.channel, first.draft.suppressions[0].targets) == ("email", ("blame", "jargon/x"))
    assert (first.line, second.line) == (3, 5)
    assert (second.draft.name, second.draft.customer, second.draft.channel) == ("t.csv:5", None, None)
    assert second.draft.suppressions == ()
    assert first.extra["x"] == "1"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('{"reply": "Hi', "no JSON: Unterminated string"),
        ("[" * 100_000, "no JSON that can be read"),
        ('{"reply": 1' + "0" * 5000 + "}", "no JSON that can be read"),
        ('"Hi"', "not an object"),
        ("{}", 'it has no "reply"'),
        ('{"reply": null}', 'it has no "reply"'),
        ('{"reply": ["Hi"]}', '"reply" must be a string, not a list'),
        ('{"reply": "Hi", "customer": 1}', '"customer" must be a string, not a number'),
        ('{"reply": "Hi", "channel": "fax"}', "\"channel\" is 'fax', but must be one of email, chat"),
        ('{"reply": "Hi", "format": "docx"}', "must be one of text, markdown, html"),
        ('{"reply": "Hi", "id": true}', '"id" must be a string or a whole number, not true or false'),
        ('{"reply": "Hi", "ignore": {"a": 1}}', '"ignore" must be a list of rule ids and families, not an object'),
    ],
)
def test_a_bad_row_is_told_and_reading_goes_on(row, message):
    good, bad, last = tickets('{"reply": "Hi"}\n' + row + '\n{"reply": "Bye"}')
    assert isinstance(bad, BadRow)
    assert (bad.name, bad.line) == ("t.jsonl", 2)
    assert message in bad.message
    assert str(bad).startswith("t.jsonl:2: ")
    assert [good.draft.name, last.draft.name] == ["t.jsonl:1", "t.jsonl:3"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("1", "1 fields, but the header has 2"),
        ("1,Hi, you", "3 fields, but the header has 2; a text with ',' needs quotes"),
        ('1,"Hi" you', "something follows a closing quote"),
    ],
)
def test_a_bad_csv_row_is_told_and_reading_goes_on(row, message):
    bad, last = tickets(f"id,reply\n{row}\n2,Bye\n", "t.csv")
    assert isinstance(bad, BadRow)
    assert bad.line == 2
    assert message in bad.message
    assert last.draft.text == "Bye"


def test_a_quote_never_closed_is_told_where_it_opens():
    good, bad = tickets('id,reply\n1,Hi\n2,"Bye\n3,x\n', "t.csv")
    assert good.draft.text == "Hi"
    assert bad.line == 3
    assert "never closed" in bad.message


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ('[{"reply": "Hi"}]', "t.jsonl", "one JSON document; write JSON Lines"),
        ('{"tickets": [{"reply": "Hi"}]}', "-", "one JSON document"),
        ('{\n  "reply": "Hi"\n}', "t.jsonl", "one JSON document"),
        ("id,replies\n1,a\n", "t.csv", 'no column "reply" among "id", "replies"; did you mean "replies"?'),
        ("id;body\n", "t.csv", 'did you mean "body"?'),
        ("a,b\n", "-", 'no column "reply" among "a", "b".'),
        ("", "t.csv", "no header"),
        (",,\n", "t.csv", "no header"),
    ],
)
def test_a_file_that_holds_no_tickets_is_refused(text, name, message):
    with pytest.raises(ReadError) as caught:
        tickets(text, name)
    assert message in str(caught.value)


def test_a_stream_is_known_by_its_first_character():
    assert tickets('\n{"reply": "Hi"}', "-")[0].draft.name == "-:2"
    assert tickets("reply\nHi", "-")[0].draft.text == "Hi"


def test_rows_are_read_one_at_a_time():
    def endless():
        while True:
            yield '{"reply": "Hi"}\n'

    reading = read_tickets(endless(), name="t.jsonl")
    assert [next(reading).line for _ in range(3)] == [1, 2, 3]
