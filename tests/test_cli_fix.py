"""`tonecheck fix`, through the command."""

import json
from pathlib import Path

import pytest

from tests.team import BAD, FIXED, ID
from tonecheck.cli import fix as fixing

BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a.txt", f"Hi.\r\n{BAD}\r\n", f"Hi.\r\n{FIXED}\r\n"),
        ("a.txt", f"{BAD} No line end", f"{FIXED} No line end"),
        ("a.txt", f"a\rb\x0c\x85. {BAD}", f"a\rb\x0c\x85. {FIXED}"),
        ("a.txt", BOM + BAD.encode(), BOM + FIXED.encode()),
        ("a.txt", f"é. {BAD}".encode("utf-16"), f"é. {FIXED}".encode("utf-16")),
        ("a.md", f"* **Hi**\n* {BAD}\n\n`{BAD}`", f"* **Hi**\n* {FIXED}\n\n`{BAD}`"),
        ("a.html", f"<P CLASS=x >{BAD}<br/>&eacute;</P>\r\n", f"<P CLASS=x >{FIXED}<br/>&eacute;</P>\r\n"),
        ("a.csv", f'id;"reply"\r\n1;"a ""b"". {BAD}"\r\n', f'id;"reply"\r\n1;"a ""b"". {FIXED}"\r\n'),
        (
            "a.jsonl",
            f'{{ "x":1.0, "reply" : "\\u00e9\\/. {BAD}" }}\r\n\r\n{{"reply":"Fine."}}',
            f'{{ "x":1.0, "reply" : "\\u00e9\\/. {FIXED}" }}\r\n\r\n{{"reply":"Fine."}}',
        ),
    ],
)
def test_every_byte_outside_the_words_stays(door, name, before, after):
    path = door.write(name, before)
    assert door("fix", name) == (0, "", "made 1 rewrite in 1 of 1 file\n")
    assert path.read_bytes() == (after if isinstance(after, bytes) else after.encode())
    stamp = path.stat().st_mtime_ns
    assert door("fix", name) == (0, "", "made 0 rewrites in 0 of 1 file\n")
    assert path.stat().st_mtime_ns == stamp


def test_latin_1_stays_latin_1(door):
    path = door.write("a.txt", f"Café. {BAD}".encode("latin-1"))
    assert door("fix", "--encoding", "latin-1", "a.txt")[0] == 0
    assert path.read_bytes() == f"Café. {FIXED}".encode("latin-1")


def test_words_that_the_encoding_lacks(door):
    rule = door.folder / "rules" / "blame" / "zorgled.yaml"
    rule.write_text(rule.read_text().replace("needs a look", "needs a look…"))
    path = door.write("a.txt", BAD.encode("latin-1"))
    code, _, err = door("fix", "--encoding", "latin-1", "a.txt")
    assert code == 2
    assert "has no '…'" in err
    assert path.read_text() == BAD


def test_mode_and_links_are_kept(door):
    path = door.write("deep/a.txt", BAD)
    path.chmod(0o640)
    (door.folder / "link.txt").symlink_to(path)
    assert door("fix", "link.txt")[0] == 0
    assert (door.folder / "link.txt").is_symlink()
    assert path.read_text() == FIXED
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(path.parent.iterdir()) == [path]


def test_a_crash_leaves_the_old_file_whole(door, monkeypatch):
    path = door.write("a.txt", BAD)

    def crash(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(fixing.os, "fsync", crash)
    code, _, err = door("fix", "a.txt")
    assert (code, err.splitlines()[0]) == (2, "tonecheck: a.txt: can't be written: no space left on device")
    assert path.read_text() == BAD
    assert not list(door.folder.glob(".a.txt*"))


def test_a_file_that_may_not_be_written(door, monkeypatch):
    path = door.write("a.txt", BAD)
    monkeypatch.setattr(fixing.os, "access", lambda *_: False)
    code, _, err = door("fix", "a.txt")
    assert (code, err.splitlines()[0]) == (2, "tonecheck: a.txt: can't be written: permission denied")
    assert path.read_text() == BAD


def test_diff_changes_nothing(door):
    path = door.write("a.txt", f"Hi.\n{BAD}")
    code, out, err = door("fix", "--diff", "a.txt")
    assert (code, err) == (0, "could make 1 rewrite in 1 of 1 file\n")
    assert out == (
        f"--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,2 @@\n Hi.\n-{BAD}\n\\ No newline at end of file\n"
        f"+{FIXED}\n\\ No newline at end of file\n"
    )
    assert path.read_text() == f"Hi.\n{BAD}"


def test_stdout_changes_nothing(door):
    path = door.write("a.txt", f"é. {BAD}\r\n")
    assert door("fix", "--stdout", "--quiet", "a.txt") == (0, f"é. {FIXED}\r\n", "")
    assert path.read_bytes() == f"é. {BAD}\r\n".encode()


def test_standard_input(door):
    assert door("fix", "-q", stdin=BAD.encode()) == (0, FIXED, "")
    row = json.dumps({"id": 1, "reply": BAD})
    assert door("fix", "-q", "--input", "tickets", "-", stdin=row.encode())[1] == row.replace(BAD, FIXED)


def test_bad_rows_and_files_are_named_and_the_others_fixed(door):
    rows = door.write("a.jsonl", f'{{"reply": "{BAD}"}}\n{{"rep\n')
    text = door.write("b.txt", BAD)
    code, _, err = door("fix", "none.txt", "a.jsonl", "b.txt")
    assert code == 2
    assert err.splitlines()[0] == "tonecheck: none.txt: there is no such file or folder"
    assert err.splitlines()[1].startswith("tonecheck: a.jsonl:2: ")
    assert err.splitlines()[2] == "made 2 rewrites in 2 of 2 files"
    assert rows.read_text() == f'{{"reply": "{FIXED}"}}\n{{"rep\n'
    assert text.read_text() == FIXED


def test_rules_can_be_chosen(door):
    path = door.write("a.txt", BAD)
    assert door("fix", "--ignore", ID, "a.txt")[0] == 0
    assert path.read_text() == BAD


def test_only_safe_rewrites_are_made(door):
    path = door.write("a.txt", "You do quibble.")
    assert "(fill in)" in door("check", "a.txt")[1]
    door("fix", "a.txt")
    assert path.read_text() == "You do quibble."


def test_a_folder_that_is_fixed_twice(door):
    for number in range(3):
        door.write(f"drafts/{number}.txt", f"{BAD} And {BAD.lower()}")
    assert door("fix", "drafts")[2] == "made 6 rewrites in 3 of 3 files\n"
    assert door("fix", "drafts")[2] == "made 0 rewrites in 0 of 3 files\n"
    assert Path(door.folder, "drafts", "0.txt").read_text() == f"{FIXED} And {FIXED[0].lower()}{FIXED[1:]}"
