"""Bytes to text and back."""

import codecs
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonecheck.model import ReadError
from tonecheck.readers.sources import MAX_BYTES, decode, read_lines

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
FILES = [
    ("utf-8", b""),
    ("utf-8", codecs.BOM_UTF8),
    ("utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16-be", codecs.BOM_UTF16_BE),
    ("utf-32-le", codecs.BOM_UTF32_LE),
]


@pytest.mark.parametrize(("encoding", "bom"), FILES)
@given(text=TEXTS)
def test_a_file_comes_back_as_it_was(encoding, bom, text):
    if not bom and text.startswith(("\ufeff", "%PDF-", "PK\x03\x04", "{\\rtf", "GIF8")):
        return
    data = bom + text.encode(encoding)
    source = decode(data, "reply.txt")
    assert (source.text, source.encoding, source.bom) == (text, encoding, bom)
    assert source.encode(source.text) == data
    assert "".join(read_lines(io.BytesIO(data), "reply.txt")) == text


def test_utf16_without_a_mark_is_known_by_its_nuls():
    for encoding in ("utf-16-le", "utf-16-be"):
        data = "Dear Zoë,\r\nyour order".encode(encoding)
        source = decode(data, "a.txt")
        assert source.text == "Dear Zoë,\r\nyour order"
        assert source.encode(source.text) == data
        assert list(read_lines(io.BytesIO(data), "a.txt")) == ["Dear Zoë,\r\n", "your order"]


def test_an_encoding_that_is_told_is_used():
    assert decode(b"caf\xe9", "a.txt", encoding="latin-1").text == "café"
    assert decode("é".encode("utf-16"), "a.txt", encoding="utf-16").text == "é"
    assert decode("é".encode("utf-8-sig"), "a.txt", encoding="utf8").bom == codecs.BOM_UTF8
    assert list(read_lines(io.BytesIO(b"caf\xe9\nx"), "a.csv", encoding="cp1252")) == ["café\n", "x"]


@pytest.mark.parametrize("read", [decode, lambda data, name: list(read_lines(io.BytesIO(data), name))])
@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"Hi\nit\x92s", r"^a.txt: line 2 holds the byte 0x92, which is not UTF-8 there; .* --encoding cp1252\.$"),
        (b"Hi\r\n\r\ncaf\xe9", r"^a.txt: line 3 holds the byte 0xe9, which is not UTF-8 there; .*latin-1\.$"),
        (b"%PDF-1.7", r"^a.txt: this is no text \(a PDF\); save it as"),
        (b"PK\x03\x04zip", r"zip or Office"),
        (b"one\ntwo\0three", r"a NUL in line 2"),
        (b"caf\xc3", r"line 1 holds the byte 0xc3"),
    ],
)
def test_what_is_no_text_is_refused(read, data, message):
    with pytest.raises(ReadError, match=message):
        read(data, "a.txt")


def test_an_unknown_encoding_is_refused():
    for encoding in ("utf-9", "base64"):
        with pytest.raises(ReadError, match="is no text encoding"):
            decode(b"", "a.txt", encoding=encoding)


def test_a_huge_draft_is_refused():
    with pytest.raises(ReadError, match=r"longer than 10,000,000 bytes"):
        decode(b"a" * (MAX_BYTES + 1), "a.txt")
    with pytest.raises(ReadError, match=r"a\.csv: line 2: longer"):
        list(read_lines(io.BytesIO(b"a\n" + b"a" * (MAX_BYTES + 1)), "a.csv"))


def test_a_character_the_encoding_lacks_is_refused():
    with pytest.raises(ReadError, match=r"a\.txt: latin-1 has no '’'|a\.txt: iso8859-1 has no '’'"):
        decode(b"it's", "a.txt", encoding="latin-1").encode("it’s")


def test_only_a_newline_ends_a_line():
    assert list(read_lines(io.BytesIO("a\rb\u2028c\r\nd".encode()), "a")) == ["a\rb\u2028c\r\n", "d"]
