"""Bad input, each kind through the installed command: one clear sentence, the right code, the rest still checked."""

import json
import os
import stat

import pytest

from tests.team import BAD, ID, RULE, command, team

GOOD_ROW = json.dumps({"id": "good", "reply": BAD})


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("none.txt", None, "none.txt: there is no such file or folder"),
        ("binary.txt", bytes(range(256)) * 10, "binary.txt: "),
        ("photo.md", b"\x89PNG\r\n\x1a\n\0\0", "photo.md: this is no text (a picture)"),
        ("word.docx", b"PK\x03\x04\0\0", "word.docx: this is no text (a zip or Office file)"),
        (
            "latin.txt",
            "Café".encode("latin-1"),
            "latin.txt: line 1 holds the byte 0xe9, which is not UTF-8 there; save",
        ),
        ("nul.txt", b"Hello\n\0there", "nul.txt: this is no text (a NUL in line 2)"),
        ("half.txt", b"\xed\xa0\x80", "half.txt: line 1 holds the byte 0xed"),
        ("rows.csv", b"id,body\n1,Hello\n", 'rows.csv: no column "reply" among "id", "body"; did you mean "body"?'),
        ("rows.jsonl", b'{"id": 1, "reply": "a"}\n{"id": 2, "re', "rows.jsonl:2: no JSON: "),
        ("rows.jsonl", b'{"id": 1, "reply": 5}\n', 'rows.jsonl:1: "reply" must be a string, not a number'),
        ("rows.jsonl", b'[{"reply": "a"}]', "rows.jsonl: this is one JSON document"),
        ("huge.txt", b"a " * 6_000_000, "huge.txt: longer than 10,000,000 bytes"),
    ],
)
def test_a_bad_file_is_named_and_the_others_are_checked(tmp_path, name, data, expected):
    team(tmp_path)
    if data is not None:
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(BAD)
    code, out, err = command("check", name, "good.txt", "--format", "jsonl", cwd=tmp_path)
    assert code == 2
    assert err.startswith(f"tonecheck: {expected}")
    assert err.count("\n") == 1
    last = json.loads(out.splitlines()[-1])
    assert (last["name"], last["findings"][0]["rule"]) == ("good.txt", ID)


def test_good_rows_beside_bad_ones_are_checked(tmp_path):
    team(tmp_path)
    rows = ["{]", GOOD_ROW, "[1]", '{"reply": "\\ud83d half"}', GOOD_ROW.replace("good", "last"), '{"id": 3, "rep']
    (tmp_path / "rows.jsonl").write_text("\n".join(rows))
    code, out, err = command("check", "rows.jsonl", "--format", "jsonl", cwd=tmp_path)
    assert code == 2
    assert [json.loads(line)["name"] for line in out.splitlines()] == ["good", "rows.jsonl:4", "last"]
    assert [line.split(" ")[1] for line in err.splitlines()] == ["rows.jsonl:1:", "rows.jsonl:3:", "rows.jsonl:6:"]


@pytest.mark.parametrize(
    ("name", "data", "arguments", "code"),
    [
        ("utf16.txt", f"Café. {BAD}".encode("utf-16"), [], 1),
        ("utf16.txt", f"Café. {BAD}".encode("utf-16-le"), [], 1),
        ("latin.txt", f"Café. {BAD}".encode("latin-1"), ["--encoding", "latin-1"], 1),
        ("empty.txt", b"", [], 0),
        ("empty.html", b"", [], 0),
        ("empty.jsonl", b"\n\n", [], 0),
        ("blank.md", b" \r\n\t\n", [], 0),
        ("row.jsonl", b'{"reply": ""}', [], 0),
        ("half.jsonl", json.dumps({"reply": f"\ud83d {BAD}"}).encode(), [], 1),
        ("long.txt", (f"{'All is well with it. ' * 10_000}{BAD}").encode(), [], 1),
        ("word.txt", b"a" * 200_000, [], 0),
        ("big.txt", (("All is well with the box. " * 40 + "\n") * 4_800 + BAD).encode(), [], 1),
    ],
)
def test_odd_files_are_read(tmp_path, name, data, arguments, code):
    team(tmp_path)
    (tmp_path / name).write_bytes(data)
    found, out, err = command("check", name, *arguments, cwd=tmp_path)
    assert (found, err) == (code, "")
    assert (ID in out) == bool(code)
    assert json.loads(command("check", name, *arguments, "--format", "json", cwd=tmp_path)[1])["version"] == 1


def test_a_folder_without_permission(tmp_path):
    team(tmp_path)
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "good.txt").write_text(BAD)
    locked = tmp_path / "drafts" / "locked"
    locked.mkdir()
    locked.chmod(0)
    try:
        if os.access(locked, os.R_OK):
            pytest.skip("this user may read everything")
        code, out, err = command("check", "drafts", cwd=tmp_path)
    finally:
        locked.chmod(stat.S_IRWXU)
    assert (code, err) == (2, "tonecheck: drafts/locked: can't be read: permission denied\n")
    assert ID in out


def test_a_folder_that_the_system_refuses(door, monkeypatch):
    (door.folder / "drafts" / "locked").mkdir(parents=True)
    door.write("drafts/good.txt", BAD)
    scandir = os.scandir

    def refusing(path):
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    code, out, err = door("check", "drafts")
    assert (code, err) == (2, "tonecheck: drafts/locked: can't be read: permission denied\n")
    assert ID in out


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("message: [", "zorgled.yaml:2: this is not YAML"),
        (RULE[: RULE.index("examples")], "zorgled.yaml:1: a rule needs “examples”"),
        (
            RULE.replace("  - good", "  - bad").replace("We z", "[[We]] z"),
            "zorgled.yaml:8: a rule needs a good example",
        ),
        (RULE.replace("find: do quibble", "find: (a|"), "zorgled.yaml:6: "),
        (
            RULE.replace("find: do quibble", "find: you ^ quibble"),
            "zorgled.yaml:6: “you ^ quibble” can't match any reply",
        ),
        (RULE.replace("the {thing} needs", "the {thong} needs"), "zorgled.yaml:5: “say” uses the slot {thong}"),
        (RULE + "mesage: x\n", "zorgled.yaml:12: unknown key “mesage” (did you mean “message”?)"),
    ],
)
@pytest.mark.parametrize("arguments", [["check", "-"], ["test", "rules"]])
def test_a_rule_file_that_is_refused(tmp_path, rule, expected, arguments):
    team(tmp_path, rule=rule)
    code, out, err = command(*arguments, cwd=tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith("tonecheck: ")
    assert expected in err
    assert err.count("\n") == 1


def test_two_rules_with_one_id(tmp_path):
    team(tmp_path)
    other = tmp_path / "more" / "blame"
    other.mkdir(parents=True)
    (other / "zorgled.yaml").write_text(RULE)
    code, _, err = command("test", "rules", "more", cwd=tmp_path)
    assert code == 2
    assert f"the id {ID} belongs to " in err


def test_a_rule_whose_example_fails(tmp_path):
    team(tmp_path, rule=RULE.replace("[[You zorgled the box]]", "[[You zorgled]] the box"))
    code, out, err = command("test", "rules", cwd=tmp_path)
    assert (code, err) == (1, "")
    assert "zorgled.yaml:9: “You zorgled the box.” should have “You zorgled” flagged, not “You zorgled the box”" in out


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("select = [", "tonecheck.toml:2: this is not TOML"),
        ("channel = 'fax'", "tonecheck.toml:3: channel: “fax” is not one of"),
        ("ignore = ['jargn']", "tonecheck.toml:3: ignore: there is no rule or family “jargn” (did you mean “jargon”?)"),
    ],
)
def test_settings_that_are_refused(tmp_path, settings, expected):
    team(tmp_path, settings=settings)
    code, out, err = command("check", "-", cwd=tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith(f"tonecheck: {expected}")
