"""The loader: what it reads, and what it refuses, with file and line."""

import textwrap

import pytest

from tonecheck.model import FAMILIES, RuleFileError, Severity
from tonecheck.rulebook import load_rules

GOOD = """\
message: "“{match}” is curt."
why: It shuts the door.
phrases:
  - find: whatever you {verb}
    say: as you {verb}
examples:
  - bad: "[[Whatever you say]]."
    becomes: "As you say."
  - good: "Whatever works."
"""


def write(folder, text, name="dismissive/curt.yaml"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


def test_a_rule_is_its_file(tmp_path):
    path = write(tmp_path, GOOD)
    rule = load_rules(tmp_path, packaged=False).rules["dismissive/curt"]
    assert (rule.family, rule.severity, rule.path) == ("dismissive", Severity.ERROR, path)
    assert rule.rows[0].find == ("whatever you {verb}",)
    assert rule.rows[0].say == ("as you {verb}",)
    assert [bool(example.marks) for example in rule.examples] == [True, False]


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("message:", "mesage:", 1, "did you mean “message”"),
        ("why: It shuts the door.\n", "", 1, "needs “why”"),
        ("why: It shuts the door.", "why: [", None, "not YAML"),
        ("why: It shuts the door.", "why: a\nwhy: b", 3, "stands twice"),
        ("why: It shuts the door.", "why: 5", 2, "must be text"),
        ("why: It shuts the door.", "why: x\nseverity: bad", 3, "not a severity"),
        ("why: It shuts the door.", "why: x\nchannels: [fax]", 3, "not one of email"),
        ("why: It shuts the door.", "why: x\ncheck: shouting", 1, "either “phrases” or “check”"),
        ("why: It shuts the door.", "why: x\noptions: {a: 1}", 3, "belong to a “check”"),
        ("why: It shuts the door.", "why: x\nunless: ['@conditoin']", 3, "no guard @conditoin"),
        ("why: It shuts the door.", "why: x\nunless: [{sentense: x}]", 3, "did you mean “sentence”"),
        ("find: whatever you {verb}", "find: whatever (you {verb}", 4, "lacks a closing"),
        ("find: whatever you {verb}", "find: '{verb}'", 4, "at least one word"),
        ("find: whatever you {verb}", "find: whatever. you {verb}", 4, "can't match"),
        ("find: whatever you {verb}", "fnd: whatever", 4, "did you mean “find”"),
        ("say: as you {verb}", "say: as you {word}", 5, "{word}"),
        ("say: as you {verb}", "say: as you {verb}\n    safe: yes", 6, "true or false"),
        ('  - good: "Whatever works."\n', "", 6, "needs a good example"),
        ('  - bad: "[[Whatever you say]]."\n    becomes: "As you say."\n', "", 6, "needs a bad example"),
        ("[[Whatever you say]]", "Whatever you say", 7, "marks the words"),
        ("- bad:", "- god: x\n    bad:", 7, "did you mean “good”"),
    ],
)
def test_a_wrong_rule_is_refused(tmp_path, old, new, line, problem):
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(RuleFileError) as refused:
        load_rules(tmp_path, packaged=False)
    assert problem in str(refused.value)
    assert refused.value.path == path
    if line:
        assert refused.value.line == line


CHECK = """\
message: m
why: w
check: emphatic_capitals
options: {words: [stop]}
examples:
  - bad: "Just [[STOP]]."
  - good: "Just stop."
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("emphatic_capitals", "emphatic_capital", 3, "did you mean “emphatic_capitals”"),
        ("words: [stop]", "wrds: [stop]", 4, "did you mean “words”"),
        ("words: [stop]", "words: stop", 4, "a list of texts"),
    ],
)
def test_a_wrong_check_is_refused(tmp_path, old, new, line, problem):
    write(tmp_path, CHECK.replace(old, new), "shouting/stop.yaml")
    with pytest.raises(RuleFileError, match=problem) as refused:
        load_rules(tmp_path, packaged=False)
    assert refused.value.line == line


def test_two_rules_with_one_id(tmp_path):
    write(tmp_path / "one", GOOD)
    write(tmp_path / "two", GOOD)
    with pytest.raises(RuleFileError, match="belongs to"):
        load_rules(tmp_path / "one", tmp_path / "two", packaged=False)


@pytest.mark.parametrize("name", ["dismisive/curt.yaml", "dismissive/Not A Name.yaml", "curt.yaml"])
def test_a_rule_in_the_wrong_place(tmp_path, name):
    write(tmp_path, GOOD, name)
    with pytest.raises(RuleFileError, match=r"family|rule name"):
        load_rules(tmp_path, packaged=False)


def test_a_file_that_is_not_utf8(tmp_path):
    write(tmp_path, GOOD).write_bytes(b"message: caf\xe9\n")
    with pytest.raises(RuleFileError, match="UTF-8") as refused:
        load_rules(tmp_path, packaged=False)
    assert refused.value.line == 1


def test_a_missing_folder(tmp_path):
    with pytest.raises(RuleFileError, match="no such folder"):
        load_rules(tmp_path / "nowhere")


def test_a_team_may_add_words_and_guards(tmp_path):
    write(tmp_path, "door: [gate, door]\n", "words.yaml")
    write(tmp_path, "joking: ['just kidding ...']\n", "guards.yaml")
    write(
        tmp_path,
        GOOD.replace("whatever you {verb}", "shut the @door {verb}").replace("Whatever you say", "Shut the gate now"),
    )
    rule = load_rules(tmp_path, packaged=False).rules["dismissive/curt"]
    assert rule.rows


def test_the_packaged_rules_cover_every_family():
    assert {rule.family for rule in load_rules().rules.values()} == set(FAMILIES)
