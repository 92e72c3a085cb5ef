"""Linting one draft: guards, overlaps, suppression, messages, suggestions."""

import textwrap

import pytest

from tonecheck import linter
from tonecheck.config import Config
from tonecheck.draft import Draft, Suppression
from tonecheck.model import Severity, Span
from tonecheck.rulebook import load_rules


@pytest.fixture
def lint(tmp_path):
    """Return a function that lints a text by the rules given as `{id: body}`."""

    def run(text, rules, *, config=Config(), **draft):  # noqa: B008 - frozen
        for name, body in rules.items():
            path = tmp_path / f"{name}.yaml"
            path.parent.mkdir(exist_ok=True)
            head = 'message: "m {match}"\nwhy: w\nexamples: [{bad: "[[x]]"}, {good: y}]\n'
            path.write_text(head + textwrap.dedent(body), encoding="utf-8")
        rulebook = load_rules(tmp_path, packaged=False)
        load_rules.cache_clear()
        ready = linter.prepare(rulebook, config, linter.active(rulebook, config))
        return linter.lint(Draft("it", text, text, **draft), ready)

    return run


def texts(report):
    return [finding.text for finding in report.findings]


NO = {"negative-framing/no": 'phrases: [{find: "can not {x:1-3}"}]'}


@pytest.mark.parametrize(
    ("unless", "text", "found"),
    [
        ('["if you {x}"]', "If you can't see it, we can't help.", ["can't help"]),
        ("[{sentence: [monday]}]", "We can't help on Monday. We can't help.", ["can't help"]),
        ("[{nearby: [but we can]}]", "We can't ship. But we can wait. Yes. We can't pay.", ["can't pay"]),
        ("[{reply: [sorry]}]", "We can't ship it. Sorry.", []),
        ("[{customer: [sorry]}]", "We can't ship it.", []),
        ('["@quoted"]', "You wrote “I can't log in”. We can't help.", ["can't help"]),
    ],
)
def test_unless(lint, unless, text, found):
    rules = {"negative-framing/no": f'phrases: [{{find: "can not {{x:1-3}}"}}]\nunless: {unless}'}
    assert texts(lint(text, rules, customer="sorry to ask")) == found


def test_when(lint):
    rules = {"dismissive/no": "phrases: [{find: our policy}]\nwhen: [{sentence: [because of]}]"}
    assert texts(lint("Because of our policy, no. Our policy is kind.", rules)) == ["our policy"]


def test_the_graver_and_longer_finding_stands(lint):
    rules = {
        "blame/long": 'phrases: [{find: "you forgot to {x}"}]',
        "blame/short": "severity: suggestion\nphrases: [{find: forgot}]",
        "demand/other": "phrases: [{find: forgot to pay}]",
    }
    report = lint("You forgot to pay.", rules)
    assert [finding.rule for finding in report.findings] == ["blame/long", "demand/other"]


def test_a_finding_tells_all(lint):
    rules = {
        "negative-framing/no": 'phrases: [{find: "we can not {x} until {y}", say: "we can {x} once {y}", safe: true}]'
    }
    (finding,) = lint("👋 Hi.\nWe can't pay until it's here.", rules).findings
    assert (finding.rule, finding.family, finding.severity) == (
        "negative-framing/no",
        "negative-framing",
        Severity.WARNING,
    )
    assert (finding.span, finding.utf16) == (Span(6, 34), Span(7, 35))
    assert (finding.line, finding.column) == (2, 1)
    assert finding.message == "m We can't pay until it's here"
    assert [(s.text, s.safe) for s in finding.suggestions] == [("We can pay once it's here", True)]


def test_channels(lint):
    rules = {"scripted/hi": "phrases: [{find: dear valued}]\nchannels: [chat]"}
    assert texts(lint("Dear valued customer", rules, channel="chat")) == ["Dear valued"]
    assert texts(lint("Dear valued customer", rules, channel="email")) == []
    assert texts(lint("Dear valued customer", rules, config=Config(channel="chat"))) == ["Dear valued"]


def test_allowed_words_are_silent_and_counted(lint):
    report = lint("We can't go wrong. We can't pay.", NO, config=Config(allow=("can't go wrong",)))
    assert (texts(report), report.silenced) == (["can't pay"], 1)


def test_suppression(lint):
    wishes = (Suppression(Span(0, 13), ("negative-framing",), 1), Suppression(Span(14, 27), ("blame",), 2))
    report = lint("We can't pay. We can't see.", NO, suppressions=(*wishes, Suppression(Span(0, 5), ("blam",), 3)))
    assert (texts(report), report.silenced) == (["can't see"], 1)
    assert report.notices == (
        "line 2: the suppression of blame silences nothing; remove it",
        "line 3: the suppression names no rule or family: “blam” (did you mean “blame”?)",
    )


def test_settings(lint):
    report = lint("We can't pay.", NO, config=Config(severity={"negative-framing": Severity.ERROR}))
    assert report.worst() is Severity.ERROR
    assert not lint("We can't pay.", NO, config=Config(ignore=("negative-framing/no",))).findings
    assert not lint("We can't pay.", NO, config=Config(select=("blame",))).findings
    assert lint("We can't pay.", NO, config=Config(select=("negative-framing",))).findings
