"""How well the labelled replies are judged may not fall: a floor for each family, a little under what was measured."""

from pathlib import Path

import pytest

from tests.corpus.measure import harmless, measure, rows
from tonecheck import Linter
from tonecheck.model import FAMILIES

HERE = Path(__file__).parent / "corpus"
LINTER = Linter()
FLOORS = {
    "dev.jsonl": {
        "negative-framing": 0.78,
        "missing-acknowledgment": 0.72,
        "jargon": 0.91,
        "sarcasm": 0.20,
        "blame": 0.64,
        "dismissive": 0.70,
        "demand": 0.68,
        "hollow-apology": 0.80,
        "shouting": 0.95,
        "vague-promise": 0.85,
        "overpromise": 0.82,
        "no-next-step": 0.42,
        "hostility": 0.69,
        "scripted": 0.86,
    },
}
MACRO_FLOORS = {"dev.jsonl": 0.74, "held-out.jsonl": 0.58}


@pytest.fixture(scope="module")
def scores():
    return {name: measure(rows(HERE / name), LINTER) for name in MACRO_FLOORS}


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_keeps_its_floor(scores, family):
    precision, recall, f1 = scores["dev.jsonl"].of(family)
    assert f1 >= FLOORS["dev.jsonl"][family], f"precision {precision:.3f}, recall {recall:.3f}"


@pytest.mark.parametrize("name", MACRO_FLOORS)
def test_all_families_together(scores, name):
    assert scores[name].macro >= MACRO_FLOORS[name]


@pytest.mark.parametrize("phrase", list(harmless()))
@pytest.mark.parametrize("around", ["{}", "Hi Ana, thank you for the photo. {}.", "Your order left today, and {}."])
def test_what_only_sounds_negative_is_let_pass(phrase, around):
    findings = LINTER.lint(around.format(phrase)).findings
    assert "negative-framing" not in {finding.family for finding in findings}, phrase


@pytest.mark.parametrize(
    "row", [row for row in rows(HERE / "dev.jsonl") if not row["labels"]], ids=lambda row: row["id"]
)
def test_fixing_a_clean_reply_changes_nothing(row):
    assert LINTER.fix(row["reply"], customer=row["customer"]) == row["reply"]
