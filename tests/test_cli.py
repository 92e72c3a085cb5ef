"""`tonecheck check`, through the command."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

import tonecheck
from tests.team import BAD, FIXED, ID, command
from tonecheck.cli import check as checking
from tonecheck.config import Config


def test_a_reply_on_standard_input(door):
    code, out, err = door("check", "-", stdin=f"Hello.\n{BAD}\n".encode())
    assert (code, err) == (1, "")
    assert out == (
        f"-:2:1  error  {ID}\n"
        f"    {BAD}\n"
        "    ^^^^^^^^^^^^^^^^^^^\n"
        "    “You zorgled the box” is for tests.\n"
        "    Tests need a finding that stays.\n"
        "    → The box needs a look  (fix)\n"
        "\n"
        "1 finding (1 error) in 1 reply; 1 can be fixed with `tonecheck fix`\n"
    )
    assert door("check", stdin=BAD.encode())[0] == 1  # what is piped in needs no “-”


def test_every_format_by_its_suffix(door):
    door.write("a.txt", BAD)
    door.write("b.md", f"*Hi*\n\n`{BAD}` {BAD}")
    door.write("c.html", f"<p>{BAD}</p>")
    door.write("d.jsonl", json.dumps({"id": "T1", "reply": BAD}) + "\n" + json.dumps({"reply": BAD}))
    door.write("e.csv", f"id,reply\n7,{BAD}\n")
    door.write("f.eml", BAD)  # an unknown suffix is text
    code, out, _ = door("check", *"abcdef"[0:0], "a.txt", "b.md", "c.html", "d.jsonl", "e.csv", "f.eml")
    assert code == 1
    assert [line.split("  ")[0] for line in out.splitlines() if ID in line] == [
        "a.txt:1:1",
        "b.md:3:24",
        "c.html:1:4",
        "d.jsonl:T1:1:1",
        "d.jsonl:2:1:1",
        "e.csv:7:1:1",
        "f.eml:1:1",
    ]


def test_the_input_option_beats_the_suffix(door):
    door.write("a.txt", json.dumps({"id": "T1", "reply": BAD}))
    assert "T1" in door("check", "--input", "tickets", "a.txt")[1]
    assert "1:1" in door("check", "--input", "tickets", "-", stdin=f"reply\n{BAD}\n".encode())[1]


def names(door, *arguments):
    code, out, err = door("check", "--format", "jsonl", *arguments)
    assert code in {0, 1}, err
    return [json.loads(line)["name"] for line in out.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["drafts"], ["drafts/a.md", "drafts/b.txt", "drafts/deep/c.html"]),
        (["drafts", "drafts/b.txt"], ["drafts/a.md", "drafts/b.txt", "drafts/deep/c.html"]),
        (["drafts/b.txt", "drafts"], ["drafts/b.txt", "drafts/a.md", "drafts/deep/c.html"]),
        (["drafts", "--exclude", "*.md"], ["drafts/b.txt", "drafts/deep/c.html"]),
        (["drafts", "--exclude", "drafts/deep/"], ["drafts/a.md", "drafts/b.txt"]),
        (["drafts", "--exclude", "deep,*.md"], ["drafts/b.txt"]),
        (["drafts", "--include", "*.py"], ["drafts/x.py"]),
        (["drafts/x.py"], ["drafts/x.py"]),
        (["drafts", "--include", "drafts/*.md"], ["drafts/a.md"]),
    ],
)
def test_folders_are_walked(door, arguments, expected):
    for name in ("b.txt", "a.md", "deep/c.html", "x.py", "LICENSE", ".git/d.md", "node_modules/e.md", ".hidden.md"):
        door.write(f"drafts/{name}", "Hello.")
    assert names(door, *arguments) == expected


def test_settings_say_what_to_walk_and_how(door):
    settings = door.folder / "tonecheck.toml"
    settings.write_text(
        settings.read_text() + 'exclude = ["old/**"]\n[[paths]]\nmatch = "macros/*"\nformat = "html"\n'
        f'severity = {{"{ID}" = "suggestion"}}\n'
    )
    door.write("old/a.md", BAD)
    door.write("macros/b.md", f"<p>{BAD}</p>")
    door.write("c.txt", "Fine.")
    code, out, _ = door("check", "--format", "jsonl", ".")
    assert code == 0
    reports = [json.loads(line) for line in out.splitlines()]
    assert [report["name"] for report in reports] == ["c.txt", "macros/b.md"]
    assert (reports[1]["findings"][0]["column"], reports[1]["findings"][0]["severity"]) == (4, "suggestion")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 1),
        (["--fail-on", "error"], 1),
        (["--ignore", ID], 0),
        (["--ignore", "blame"], 0),
        (["--ignore", "jargon,blame", "--ignore", "demand"], 0),
        (["--select", "scripted"], 0),
        (["--select", f"scripted,{ID}"], 1),
        (["--no-config"], 0),
        (["--config", "lenient.toml"], 0),
        (["--config", "lenient.toml", "--fail-on", "suggestion"], 1),
        (["--select", "blam"], 2),
        (["--config", "none.toml"], 2),
        (["--config", "lenient.toml", "--no-config"], 2),
        (["--fail-on", "never"], 2),
        (["none.txt"], 2),
    ],
)
def test_exit_codes(door, arguments, code):
    door.write("lenient.toml", f'rules = ["rules"]\nselect = ["{ID}"]\nseverity = {{blame = "suggestion"}}\n')
    door.write("a.txt", BAD)
    found, out, err = door("check", "a.txt", *arguments)
    assert found == code
    assert (code == 2) == err.startswith("tonecheck: ")
    assert "Traceback" not in out + err


def test_the_customers_message(door):
    (door.folder / "rules" / "blame" / "zorgled.yaml").write_text(
        """
message: m
why: w
phrases: [{find: you zorgled}]
unless: [{customer: [i zorgled]}]
examples:
  - bad: "[[You zorgled]] it."
  - good: You zorgled it.
    customer: I zorgled it.
"""
    )
    door.write("customer.txt", "I zorgled the box")
    door.write("t.jsonl", json.dumps({"reply": BAD}) + "\n" + json.dumps({"reply": BAD, "customer": "No."}) + "\n")
    assert door("check", "-", stdin=BAD.encode())[0] == 1
    assert door("check", "-", "--customer", "customer.txt", stdin=BAD.encode())[0] == 0
    assert "in 1 of 2 replies" in door("check", "t.jsonl", "--customer", "customer.txt")[1]
    assert door("check", "-", "--customer", "none.txt", stdin=b"")[0] == 2


def test_json(door):
    door.write("a.txt", BAD)
    code, out, _ = door("check", "--format", "json", "a.txt", "-", stdin="Fine, café.".encode())
    document = json.loads(out)
    assert code == 1
    assert [draft["name"] for draft in document["drafts"]] == ["a.txt", "-"]
    assert document["summary"]["findings"] == 1


def test_notices_go_to_standard_error(door):
    door.write("a.md", f"Hello.\n\n<!-- tonecheck: ignore blam -->\n{BAD}\n\n<!-- tonecheck: ignore blame -->\n{BAD}\n")
    code, out, err = door("check", "a.md")
    assert code == 1
    assert out.endswith("; 1 silenced\n")
    assert err.startswith("tonecheck: a.md: line 3: the suppression names no rule or family: “blam”")
    assert door("check", "--quiet", "a.md")[2] == ""


def test_quiet_leaves_the_summary_out(door):
    assert door("check", "-q", stdin=b"Fine.") == (0, "", "")


def test_show_config(door):
    code, out, err = door("check", "--show-config", "--ignore", "jargon", "--fail-on", "error")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "# tonecheck.toml"
    assert 'rules = ["rules"]  # tonecheck.toml' in lines
    assert 'ignore = ["jargon"]  # --ignore' in lines
    assert 'fail-on = "error"  # --fail-on' in lines
    assert "allow = []  # default" in lines


def test_what_show_config_shows_can_be_read_again(door):
    checked = next(rule.id for rule in tonecheck.load_rules().rules.values() if rule.check)
    settings = door.folder / "tonecheck.toml"
    settings.write_text(
        settings.read_text() + 'allow = ["a \\"quote\\""]\nchannel = "chat"\nseverity = {blame = "warning"}\n'
        f'[options."{checked}"]\n'
        '[[paths]]\nmatch = ["a/*", "b"]\nignore = ["blame"]\nformat = "html"\n'
    )
    shown = door.write("shown.toml", door("check", "--show-config")[1])
    before, after = Config.read(settings), Config.read(shown)
    assert replace(after, file=None, origins={}) == replace(before, file=None, origins={})


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["chek"], "No such command 'chek'"),
        (["check", "--formt", "json"], "No such option"),
        (["check", "--format", "xml"], "'xml' is not one of"),
        (["explain"], "Missing argument 'RULE'"),
    ],
)
def test_wrong_usage(door, arguments, expected):
    code, out, err = door(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("tonecheck: ")
    assert expected in err


def test_an_encoding_that_is_none(door):
    code, out, err = door("check", "--encoding", "klingon", "-", stdin=BAD.encode())
    assert (code, out) == (2, "no replies to check\n")
    assert "'klingon' is no text encoding" in err


@pytest.mark.parametrize("debug", ["", "1"])
def test_an_internal_error_is_no_finding(door, monkeypatch, debug):
    monkeypatch.setenv("TONECHECK_DEBUG", debug)
    monkeypatch.setattr(checking, "check", lambda *_: 1 / 0)
    if debug:
        with pytest.raises(ZeroDivisionError):
            door("check", "-")
        return
    code, out, err = door("check", "-")
    assert (code, out) == (2, "")
    assert err.startswith("tonecheck: internal error (ZeroDivisionError: division by zero); please report it")


def on_a_terminal(*arguments, cwd, env=None):
    """Run the command with all three streams on one terminal; return its code and what the terminal saw."""
    ours, theirs = pty.openpty()
    where = str(Path(tonecheck.__file__).parent.parent)
    run = subprocess.Popen(
        [sys.executable, "-m", "tonecheck", *arguments],
        cwd=cwd,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": where, "TERM": "xterm", **(env or {})},
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    os.close(ours)
    return run.wait(60), seen.decode()


@pytest.mark.parametrize(
    ("arguments", "env", "colored"),
    [
        ([], {}, True),
        ([], {"NO_COLOR": "1"}, False),
        ([], {"NO_COLOR": ""}, True),
        ([], {"TERM": "dumb"}, False),
        (["--color", "never"], {}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
    ],
)
def test_colour_on_a_terminal(door, arguments, env, colored):
    door.write("a.txt", BAD)
    code, seen = on_a_terminal("check", "a.txt", *arguments, cwd=door.folder, env={"NO_COLOR": "", **env})
    assert code == 1
    assert ("\x1b[1;31mYou zorgled the box\x1b[0m." in seen) is colored
    assert ("^^^" in seen) is not colored


def test_colour_into_a_pipe(door):
    assert "\x1b[" in door("check", "--color", "always", stdin=BAD.encode())[1]


def test_without_a_path_on_a_terminal(door):
    code, seen = on_a_terminal("check", cwd=door.folder)
    assert code == 2
    assert "tonecheck: nothing to read; name a file or a folder, or pipe a reply in" in seen


def test_a_long_run_shows_a_bar(door):
    calm, bad = (json.dumps({"reply": text}) + "\n" for text in ("All is well with the box. " * 40, BAD))
    door.write("a.jsonl", (calm * 1000 + bad) * 3)
    code, seen = on_a_terminal("check", "a.jsonl", cwd=door.folder)
    assert code == 1
    assert "checking" in seen
    assert seen.count("You zorgled the box\x1b[0m.\r\n") == 3
    assert "3 findings (3 errors) in 3 of 3003 replies" in seen.splitlines()[-1]


def start(*arguments, cwd, **streams):
    where = str(Path(tonecheck.__file__).parent.parent)
    return subprocess.Popen(
        [sys.executable, "-m", "tonecheck", *arguments],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": where},
        **streams,
    )


def test_a_reader_that_leaves(door):
    door.write("a.jsonl", f"{json.dumps({'reply': BAD})}\n" * 5000)
    run = start("check", "a.jsonl", cwd=door.folder)
    run.stdout.readline()
    run.stdout.close()
    assert run.stderr.read() == b""
    run.stderr.close()
    assert run.wait(60) == 141


def test_control_c(door):
    run = start("check", "--input", "tickets", "-", cwd=door.folder, stdin=subprocess.PIPE)
    run.stdin.write(f"{json.dumps({'reply': BAD})}\n".encode() * 2000)
    run.stdin.flush()
    run.stdout.read(1)  # it is at work, and waits for more
    time.sleep(0.2)
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=60)
    assert run.returncode == 130
    assert b"Traceback" not in err


def test_what_lists_and_helps_starts_no_spacy():
    code = """
import sys
from tonecheck.cli import main
for arguments in (["--help"], ["--version"], ["rules", "--no-config"], ["explain", "blame", "--no-config"]):
    try:
        main(arguments)
    except SystemExit as end:
        assert end.code == 0, arguments
assert not {"spacy", "rich", "vaderSentiment"} & set(sys.modules)
"""
    where = Path(tonecheck.__file__).parent.parent
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60, cwd=where, stdout=subprocess.DEVNULL)


def test_the_installed_command(door):
    assert command("--version", cwd=door.folder) == (0, f"tonecheck {tonecheck.__version__}\n", "")
    code, out, err = command("fix", "-", cwd=door.folder, stdin=BAD.encode())
    assert (code, out, err) == (0, FIXED, "made 1 rewrite in 1 of 1 file\n")
