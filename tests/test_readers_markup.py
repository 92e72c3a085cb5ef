"""Text, Markdown and HTML: what is read, and the way back to the source."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonecheck.draft import GAP, NOUN, STOP, Encoding, Suppression
from tonecheck.model import Span
from tonecheck.readers import FORMATS, format_of, read

LETTERS = str.maketrans({NOUN: "N", GAP: "G", STOP: "S"})


def markdown(source):
    return read(source, format="markdown")


def html(source):
    return read(source, format="html")


def shown(draft):
    assert len(draft.masked) == len(draft.text)
    return draft.masked.translate(LETTERS)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("*you* **must** ***now*** __see__ ~~this~~", "you must now see this"),
        ("snake_case_name 2 * 3 * 4 and a lone * or **", "snake_case_name 2 * 3 * 4 and a lone * or **"),
        ("**a *b* c**", "a b c"),
        ("[the form](https://example.com/a_(b) 'Form') now", "the form now"),
        ("[the **form**]({{ ticket.link }})", "the form"),
        ("[form][f] [f] [other][g]\n\n[f]: https://example.com", "form f [other][g]\n\n"),
        ("see ![a red button](b.png) there", "see NNNNNNNNNNNN there"),
        ("<https://example.com> <jo@example.com>", "NNNNNNNNNNNNNNNNNNN NNNNNNNNNNNNNN"),
        (r"\*not\* 5 \< 6 \a", r"*not* 5 < 6 \a"),
        ("&amp; &rsquo; &#39; &nosuch; AT&T", "& ’ ' &nosuch; AT&T"),
        ("run `a *b*` or ``c`d`` or `e", "run NNNNN or NNN or `e"),
        ("a <b>bold</b> word<br>next <!-- gone --> x", "a bold word\nnext  x"),
        ("Hi <name> and *|FNAME|* and {{a_b}} {{c_d}}", "Hi NNNNNN and NNNNNNNNN and NNNNNNN NNNNNNN"),
        ("# Title #\nText", "Title\n\nText"),
        ("Title\n===\nText\n\n***\nmore", "Title\n\nText\n\nmore"),
        ("- one\n- [x] two\n  more\n1. three", "one\n\ntwo\nmore\n\nthree"),
        ("in\n2024. Since then", "in\n2024. Since then"),
        ("wrapped\nline  \nhard\\\nbreak", "wrapped\nline  \nhard\nbreak"),
        ("a\n\n    code\n\nb", "a\n\nSSSSSSSSS\nb"),
        ("a\n```py\ncode\n```\nb", "a\n" + "S" * 15 + "b"),
        ("~~~\nnever closed", "S" * 16),
        ("> quoted\nreply", "SSSSSSSSSreply"),
        ("---\ntitle: x\n---\nHi", "S" * 17 + "Hi"),
        ("---\nHi\n---\n", "Hi\n\n"),
        ("| a | b |\n|---|---|\n| c \\| d | e |", "a b c | d e"),
        ("<!-- a\n\nb -->\nHi", "\nHi"),
        ("Done.\n\nBest,\nAnna", "Done.\n\nBest,\nSSSS"),
    ],
)
def test_markdown(source, expected):
    text = shown(markdown(source))
    if "|--" in source:
        text = " ".join(text.split())
    assert text == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>One</p>\n<p>two <b>three</b>  four</p>", "One\n\ntwo three four"),
        ("<div>a</div><div><br></div><div>b<br/>c</div>", "a\n\nb\nc"),
        ("a <b> b</b>&nbsp; c", "a b  c"),
        ("&lt;3 &rsquo; &copy2024 &#x1F600; &bad; a&b &", "<3 ’ ©2024 😀 &bad; a&b &"),
        ("in&shy;valid zero\u200bwidth", "invalid zerowidth"),
        ("<style>x</style><script>if (a<b) '</p>'</script><title>t</title>Hi", "Hi"),
        ("<!-- <p>gone</p> -->Hi<!doctype html><?php x?>", "Hi"),
        ("run <code>rm <b>x</b></code> now", "run NNNN now"),
        ("a<pre>b\n  c</pre>d", "a\n\nSSSSS\n\nd"),
        ("Hi<blockquote>old<blockquote>older</blockquote>old</blockquote>bye", "Hi\n\nSSSSSSSSSSSSSSS\n\nbye"),
        ('Hi<div class="x gmail_quote">a<div>b</div>c</div>bye', "Hi\n\nSSSSSSS\n\nbye"),
        ('Hi <attribute key="user.name" default="there"/>!', "Hi NNNNN!"),
        ('<attribute key="user.name">', "NNNNNNNNN"),
        ('<a href="x" title=\'a>b\' alt=">">link</a> <img alt="no">', "link"),
        ("<ul><li>one<li>two</ul>", "one\n\ntwo"),
        ("<table><tr><td>a<td>b</table>", "a\n\nb"),
        ("a < b and 1<2 </ p> <", "a < b and 1<2 </ p> <"),
        ("a <b", "a"),
        ("a <!-- never closed <p>b", "a"),
        ("<p>Hi &lt;name&gt; {{x}}</p>", "Hi NNNNNN NNNNN"),
        ("<p>Done.</p><p>Best,<br>Anna</p>", "Done.\n\nBest,\nSSSS"),
        ("</p></b>x</div>", "x"),
        ('<a b="c>d', "d"),
    ],
)
def test_html(source, expected):
    assert shown(html(source)) == expected


def test_html_maps_an_entity_to_all_of_it_and_a_break_to_nothing():
    draft = html("a &lt; b<br>c")
    assert draft.source_span(Span(2, 3)) == Span(2, 6)
    assert draft.runs(Span(5, 6)) == []
    assert draft.encoding is Encoding.HTML


def test_a_replacement_keeps_the_tags():
    draft = html("<p>You <b>must</b> pay &amp; <i>go</i></p>")
    edits = draft.replace(Span(0, len(draft.text)), ["Please ", Span(4, 8), " <now>"])
    source = draft.source
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        source = source[: edit.span.start] + edit.text + source[edit.span.end :]
    assert source == "<p>Please must &lt;now&gt;<b></b><i></i></p>"


PIECES = [
    *("<p>", "</p>", "<br>", "<b>", "</b>", "<code>", "</code>", "<div class='gmail_quote'>", "</div>", "<!-- x -->"),
    *(
        "<attribute key='a' default='b &amp; c'/>",
        "&amp;",
        "&nbsp;",
        "&NotEqualTilde;",
        "&#128512;",
        "&",
        "<",
        ">",
        "\xa0",
    ),
    *(
        "*",
        "**",
        "_",
        "`",
        "``",
        "[a](b)",
        "![a](b)",
        "[",
        "]",
        "\\",
        "# ",
        "- ",
        "> ",
        "```",
        "    ",
        "|",
        "|-|",
        "~~",
    ),
    *(
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        " ",
        "  ",
        "\t",
        "word",
        "é",
        "e\u0301",
        "😀",
        "שלום",
        "\ud83d",
        "\u2028",
        "{{x}}",
        "---",
    ),
    *("<!-- tonecheck: ignore a -->", "<!-- tonecheck: off -->", "<!-- tonecheck: on -->", "[a]: b", "<pre>", "</pre>"),
]
SOURCES = st.text() | st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@pytest.mark.parametrize("format", ["markdown", "html"])
@given(source=SOURCES)
def test_every_character_knows_where_it_came_from(format, source):  # noqa: A002
    draft = read(source, format=format)
    starts, ends = draft.origin.starts, draft.origin.ends
    assert len(starts) == len(ends) == len(draft.text) == len(draft.masked)
    at = 0
    for character, start, end in zip(draft.text, starts, ends, strict=True):
        assert at <= start <= end <= len(source)
        if end - start == 1 and not character.isspace():
            assert source[start:end] == character
        at = end
    for item in draft.suppressions:
        assert 0 <= item.span.start <= item.span.end <= len(draft.text)


@given(source=SOURCES)
def test_plain_text_is_read_as_it_is(source):
    draft = read(source)
    assert (draft.text, draft.origin) == (source, None)
    assert len(draft.masked) == len(source)


@given(source=SOURCES, data=st.data())
def test_an_edit_of_html_touches_no_tag(source, data):
    draft = html(source)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(draft.text))] * 2)))
    cut = list(draft.source)
    for run in draft.runs(Span(start, end)):
        cut[run.start : run.end] = [""] * (run.end - run.start)
    tag = re.compile(r"</?(?:p|b|br|code|div)\b[^>]*>")
    if not re.search(r"&|<(?![/pbcd!a])|`|\{|<!|attribute|<pre", source):
        assert tag.findall("".join(cut)) == tag.findall(source)


FORMS = [("text", "\n\n"), ("markdown", "\n\n"), ("html", "<p>")]


@pytest.mark.parametrize(("format", "gap"), FORMS)
def test_a_comment_silences_the_next_block(format, gap):  # noqa: A002
    draft = read(f"One.{gap}<!-- tonecheck: ignore blame, jargon/acronyms -->\nTwo.{gap}Three.", format=format)
    (found,) = draft.suppressions
    assert found.targets == ("blame", "jargon/acronyms")
    assert draft.text[found.span.start : found.span.end] == "Two."
    assert found.line == (1 if format == "html" else 3)
    assert "tonecheck" not in draft.masked


@pytest.mark.parametrize(("format", "gap"), FORMS)
def test_off_lasts_until_on(format, gap):  # noqa: A002
    source = f"A.{gap}<!-- tonecheck: off -->{gap}B.{gap}C.{gap}<!-- tonecheck: on -->{gap}D."
    draft = read(source, format=format)
    (found,) = draft.suppressions
    assert found.targets == ()
    covered = draft.text[found.span.start : found.span.end]
    assert covered.split()[:2] == ["B.", "C."]
    assert "D." not in covered


def test_on_with_a_name_ends_that_one_alone():
    draft = html("<!-- tonecheck: off a b -->1 <!-- tonecheck: on a -->2")
    assert draft.suppressions == (Suppression(Span(0, 1), ("a",), 1), Suppression(Span(0, 3), ("b",), 1))


@pytest.mark.parametrize(("format", "gap"), FORMS)
def test_a_malformed_directive_silences_nothing(format, gap):  # noqa: A002
    (found,) = read(f"<!-- tonecheck: ingore x -->{gap}Hi", format=format).suppressions
    assert not found.span
    assert found.targets == ("ingore x",)


def test_an_ordinary_comment_is_no_directive():
    assert html("<!-- tone: check -->Hi").suppressions == ()


def test_a_draft_keeps_what_it_is_told():
    for format in ("text", "markdown", "html"):  # noqa: A001
        draft = read("Hi", format=format, name="n", customer="c", channel="chat")
        assert (draft.name, draft.customer, draft.channel) == ("n", "c", "chat")


def test_an_unknown_format_is_refused():
    with pytest.raises(ValueError, match="'docx' is none of text, markdown, html"):
        read("", format="docx")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        *(("a.txt", "text"), ("a", "text"), ("a.MD", "markdown"), ("a.markdown", "markdown"), ("x/a.htm", "html")),
        *(("a.jsonl", "tickets"), ("a.ndjson", "tickets"), ("a.csv", "tickets"), ("a.tsv", "tickets"), ("a.pdf", None)),
    ],
)
def test_a_suffix_names_a_format(path, expected):
    assert format_of(path) == expected
    assert expected is None or expected in FORMATS
