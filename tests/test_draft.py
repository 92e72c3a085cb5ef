"""The way back from the readable text to the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonecheck.draft import GAP, NOUN, Draft, Encoding, Mask, Origin
from tonecheck.fix import apply
from tonecheck.model import Edit, Span


def bold():
    """Return the draft of `We <b>can't</b> &amp; won't`, read by hand."""
    source = "We <b>can't</b> &amp; won't"
    ranges = [(i, i + 1) for i in range(3)] + [(i, i + 1) for i in range(6, 11)] + [(15, 16), (16, 21)]
    ranges += [(i, i + 1) for i in range(21, 27)]
    return Draft("it", source, "We can't & won't", Origin.of(ranges), encoding=Encoding.HTML)


def test_span_in_the_source():
    draft = bold()
    assert draft.source_span(Span(3, 8)) == Span(6, 11)
    assert draft.source_span(Span(9, 10)) == Span(16, 21)
    assert (
        draft.source[slice(*[draft.source_span(Span(0, 8)).start, draft.source_span(Span(0, 8)).end])] == "We <b>can't"
    )


def test_an_edit_keeps_the_markup():
    draft = bold()
    edits = draft.replace(Span(0, 10), ("I could & ",))
    assert edits == (Edit(Span(0, 3), "I could &amp; "), Edit(Span(6, 11), ""), Edit(Span(15, 21), ""))
    assert apply(draft.source, edits) == "I could &amp; <b></b> won't"


def test_what_is_kept_is_kept_as_written():
    draft = bold()
    assert draft.replace(Span(8, 10), ("<", Span(9, 10))) == (Edit(Span(15, 21), "&lt;&amp;"),)


def test_masks_keep_length():
    text = "Hi {{name}}, {% if a %}no{% endif %}"
    draft = Draft("", text, text, masks=(Mask(Span(13, 23), GAP), Mask(Span(3, 11), NOUN), Mask(Span(5, 14), NOUN)))
    assert draft.masked == "Hi " + NOUN * 11 + GAP * 9 + "no{% endif %}"
    assert len(draft.masked) == len(text)


@pytest.mark.parametrize(
    ("source", "offset", "place"),
    [
        ("ab", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb", 2, (2, 1)),
        ("", 0, (1, 1)),
        ("é😀x", 2, (1, 3)),
    ],
)
def test_line_and_column(source, offset, place):
    assert Draft("", source, source).line_column(offset) == place


@given(st.text(), st.data())
def test_utf16_counts_code_units(source, data):
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    units = source.encode("utf-16-le", "surrogatepass")
    span = Draft("", source, source).utf16(Span(start, end))
    assert units[2 * span.start : 2 * span.end].decode("utf-16-le", "surrogatepass") == source[start:end]
