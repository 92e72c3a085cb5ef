"""The library: lint, fix, Linter."""

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

import tonecheck
from tests.team import BAD, FIXED, ID, team
from tonecheck import Config, ConfigError, Linter, ReadError, RuleFileError, Severity


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    return Config.read(team(tmp_path_factory.mktemp("team")) / "tonecheck.toml")


@pytest.fixture(scope="module")
def linter(config):
    return Linter(config)


def test_importing_reads_nothing_and_starts_nothing():
    code = """
import builtins, io, sys
opened = []
sys.addaudithook(lambda event, details: opened.append(details[0]) if event == "open" else None)
import tonecheck
opened = [str(name) for name in opened if "tonecheck" in str(name)]
ours = [name for name in opened if not name.endswith((".py", ".pyc"))]
assert not ours, ours
assert not {"spacy", "rich", "click", "vaderSentiment"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60, cwd=str(tonecheck.__path__[0] + "/.."))


def test_the_public_names():
    assert all(hasattr(tonecheck, name) for name in tonecheck.__all__)
    assert tonecheck.load_rules().rules


def test_lint_and_fix(config):
    (found,) = tonecheck.lint(f"Hello. {BAD}", config=config).findings
    assert (found.rule, found.line, found.column, found.severity) == (ID, 1, 8, Severity.ERROR)
    assert tonecheck.fix(f"Hello. {BAD}", config=config) == f"Hello. {FIXED}"
    assert tonecheck.fix(f"<p>{BAD}</p>", format="html", config=config) == f"<p>{FIXED}</p>"


def test_linters_with_different_settings_live_side_by_side(config):
    strict, lenient = Linter(config), Linter(replace(config, severity={ID: Severity.SUGGESTION}))
    silent = Linter(replace(config, allow=("you zorgled the box",)))
    assert [each.lint(BAD).worst() for each in (strict, lenient, silent)] == [
        Severity.ERROR,
        Severity.SUGGESTION,
        None,
    ]


def test_a_linter_is_shared_by_threads(linter):
    texts = [f"Number {number}. {BAD}" for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        reports = list(pool.map(linter.lint, texts))
    assert reports == [linter.lint(text) for text in texts]


def test_a_linter_is_pickled(linter):
    copy = pickle.loads(pickle.dumps(linter))  # noqa: S301 - our own
    assert copy.lint(BAD) == linter.lint(BAD)


@pytest.mark.parametrize("processes", [1, 2])
def test_many_tickets_in_order(linter, processes):
    tickets = ({"id": number, "reply": BAD if number % 3 else "Fine."} for number in range(300))
    reports = list(linter.lint_many(tickets, processes=processes))
    assert [report.name for report in reports] == [str(number) for number in range(300)]
    assert [bool(report.findings) for report in reports] == [bool(number % 3) for number in range(300)]


@pytest.mark.parametrize("processes", [1, 2])
def test_many_tickets_are_not_held(linter, processes):
    taken = []

    def endless():
        while True:
            taken.append(1)
            yield {"reply": BAD}

    reports = linter.lint_many(endless(), processes=processes)
    assert next(reports).findings
    reports.close()
    assert len(taken) < 1000


@pytest.mark.parametrize(
    ("ticket", "expected"),
    [
        ({"id": 7}, "ticket 7: “reply” must be a text"),
        ({"reply": 5}, "a ticket: “reply” must be a text"),
        ({"reply": "a", "customer": 5}, "“customer” must be a text"),
        ({"reply": "a", "channel": "fax"}, "“channel” must be one of email"),
        ({"reply": "a", "ignore": "blame"}, "“ignore” must be a list"),
        ({"reply": "a", "ignore": 5}, "“ignore” must be a list"),
        ({"reply": "a", "format": "pdf"}, "“format”: 'pdf' is none of"),
    ],
)
def test_a_ticket_that_is_none(linter, ticket, expected):
    reports = linter.lint_many([{"reply": BAD}, ticket])
    assert next(reports).findings
    with pytest.raises(ReadError, match=expected):
        next(reports)


def test_tickets_carry_their_own_circumstances(linter):
    tickets = [{"reply": BAD, "ignore": [ID]}, {"reply": f"<b>{BAD}</b>", "format": "html"}]
    silenced, html = linter.lint_many(tickets)
    assert (silenced.silenced, silenced.findings) == (1, ())
    assert html.findings[0].column == 4


def test_what_a_linter_refuses(tmp_path):
    with pytest.raises(ConfigError, match="no rule or family “blam”"):
        Linter(Config(ignore=("blam",)))
    with pytest.raises(RuleFileError, match="no such folder"):
        Linter(Config(rule_folders=(tmp_path / "none",)))


def test_former_rule_ids_still_work_in_settings(tmp_path):
    rule = (team(tmp_path / "a") / "rules" / "blame" / "zorgled.yaml").read_text()
    folder = team(tmp_path / "b", settings='ignore = ["blame/old"]', rule=rule + "aliases: [blame/old]\n")
    assert not Linter(Config.read(folder / "tonecheck.toml")).lint(BAD).findings
