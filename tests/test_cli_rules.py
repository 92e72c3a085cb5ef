"""`tonecheck explain`, `rules` and `test`, through the command."""

import json

import pytest

from tests.team import ID, RULE
from tonecheck.model import FAMILIES
from tonecheck.rulebook import load_rules


def test_explain_tells_all_there_is(door):
    code, out, err = door("explain", ID)
    assert (code, err) == (0, "")
    assert out == (
        f"{ID}  error\n"
        "    “…” is for tests.\n"
        "\n"
        "Why\n"
        "    Tests need a finding that stays.\n"
        "\n"
        "Phrases\n"
        "    you zorgled the {thing:1-3}\n"
        "      → the {thing} needs a look\n"
        "    do quibble\n"
        "      → please tell us <what>\n"
        "\n"
        "Rewrites\n"
        "    1 of 2 are safe: `tonecheck fix` makes them wherever no number, name, placeholder or refusal\n"
        "    would be lost.\n"
        f"{family_guards(out)}"
        "\n"
        "Bad\n"
        "    [[You zorgled the box]].\n"
        "    → The box needs a look.\n"
        "\n"
        "Good\n"
        "    We zorgled the box.\n"
        "\n"
        "File\n"
        "    rules/blame/zorgled.yaml\n"
    )


def family_guards(out):
    """Return what the packaged rules say of all rules of a family."""
    return out[out.index("\nNot with") : out.index("\nBad")] if "\nNot with" in out else ""


@pytest.mark.parametrize("rule", list(load_rules().rules))
def test_every_rule_can_be_explained(door, rule):
    code, out, err = door("explain", rule, "--no-config")
    assert (code, err) == (0, "")
    assert out.startswith(rule)
    assert "{match}" not in out


def test_explain_with_the_teams_severity(door):
    settings = door.folder / "tonecheck.toml"
    settings.write_text(settings.read_text() + '[severity]\nblame = "suggestion"\n')
    assert door("explain", ID)[1].startswith(f"{ID}  suggestion\n")


def test_explain_marks_bad_words_by_colour(door):
    assert "\x1b[1;31mYou zorgled the box\x1b[0m." in door("explain", ID, "--color", "always")[1]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("blame/zorgledd", f"there is no rule “blame/zorgledd” (did you mean “{ID}”?); `tonecheck rules` lists all"),
        ("blam", "there is no rule “blam” (did you mean “blame”?)"),
        ("xyzzy", "there is no rule “xyzzy”; "),
    ],
)
def test_explain_what_is_no_rule(door, name, expected):
    code, out, err = door("explain", name)
    assert (code, out) == (2, "")
    assert expected in err


def test_explain_a_family_and_a_former_id(door):
    (door.folder / "rules" / "blame" / "zorgled.yaml").write_text(RULE + "aliases: [blame/old-name]\n")
    assert ID in door("explain", "blame")[1]
    out = door("explain", "blame/old-name")[1]
    assert out.startswith(ID)
    assert "formerly blame/old-name" in out


def test_rules_by_family(door):
    code, out, err = door("rules", "--no-config")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    families = [line for line in lines if line in FAMILIES]
    assert families == sorted(families, key=list(FAMILIES).index)
    assert len([line for line in lines if line.startswith("  ")]) == len(load_rules().rules)


def test_rules_in_force(door):
    assert [line for line in door("rules")[1].splitlines() if line.startswith("  ")] == [
        f"  {ID}  error      “…” is for tests."
    ]


def test_rules_as_json(door):
    (rule,) = json.loads(door("rules", "--format", "json")[1])
    assert rule == {
        "id": ID,
        "family": "blame",
        "severity": "error",
        "message": "“{match}” is for tests.",
        "why": "Tests need a finding that stays.",
        "phrases": 2,
        "check": None,
        "channels": [],
        "aliases": [],
    }


def test_a_phrase_table_is_explained_too(door):
    door.write("tonecheck.toml", 'phrase-tables = ["words.csv"]')
    door.write("words.csv", "avoid,prefer\nzorgle away,go on\n")
    assert "zorgle away" in door("explain", "scripted/words")[1]


def test_examples_that_hold(door):
    assert door("test", "rules") == (0, "2 examples of 1 rule pass\n", "")


def test_examples_that_fail(door):
    rule = RULE.replace("The box needs a look.", "The box needs love.") + '  - bad: "[[No zorgling here]]."\n'
    door.write("rules/blame/zorgled.yaml", rule)
    code, out, err = door("test", "rules")
    assert (code, err) == (1, "")
    first, second, last = out.splitlines()
    assert first.startswith(f"{door.folder}/rules/blame/zorgled.yaml:9: ")
    assert "should become “The box needs love.”, not “The box needs a look.”" in first
    assert second.startswith(f"{door.folder}/rules/blame/zorgled.yaml:12: ")
    assert last == "2 of 3 examples of 1 rule fail"


@pytest.mark.parametrize("folder", ["none", "empty"])
def test_a_folder_without_rules(door, folder):
    (door.folder / "empty").mkdir()
    code, out, err = door("test", folder)
    assert (code, out) == (2, "")
    assert "no such folder" in err or "no rule files" in err
