"""Read one rule file: every key checked, every complaint with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from tonecheck import grammar
from tonecheck.checks import CHECKS, check_options
from tonecheck.model import CHANNELS, FAMILIES, Severity, Span
from tonecheck.rule import SCOPES, UNHEARD, Example, Guard, Row, Rule
from tonecheck.yamlfile import Key, YamlFile, near

_KEYS = (
    "severity",
    "message",
    "why",
    "phrases",
    "no_say",
    "unless",
    "when",
    "check",
    "options",
    "examples",
    "channels",
    "aliases",
)
_ROW_KEYS = ("find", "say", "safe", "unless", "when")
_EXAMPLE_KEYS = ("bad", "good", "becomes", "customer", "channel")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MARK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


class RuleReader:
    """Makes rules of files; `references` are the names of guards that were met, to be looked up when all are known."""

    def __init__(self) -> None:
        self.classes: dict[str, grammar.Node] = {}
        self.references: list[tuple[YamlFile, Key, str]] = []
        self.checked = False

    def parsed(self, file: YamlFile, key: Key, text: str) -> grammar.Node:
        """Return the tree of a phrase; raise `RuleFileError` where it is none."""
        try:
            return grammar.parse(text, self.classes)
        except grammar.PhraseError as error:
            raise file.error(key, str(error)) from None

    def phrases(self, file: YamlFile, key: Key) -> tuple[str, ...]:
        """Return the phrases at a key; where phrases are checked, each has been tried on a text that it should find."""
        found = file.texts(key)
        if self.checked:
            from tonecheck import phrases  # noqa: PLC0415 - reads a sample, for which spaCy must be loaded

            for at, text in found:
                try:
                    phrases.check(text, self.classes)
                except grammar.PhraseError as error:
                    raise file.error(at, str(error)) from None
        return tuple(text for _, text in found)

    def guards_at(self, file: YamlFile, key: Key) -> Iterator[Guard]:
        """Yield the guards of a list of phrases, names and scopes, or of one mapping of scopes."""
        value = file.at(key)
        items = (
            [(key, value)]
            if isinstance(value, dict)
            else [((*key, place), item) for place, item in enumerate(file.sequence(key))]
        )
        for at, item in items:
            if isinstance(item, str) and item.startswith("@") and " " not in item and item[1:] not in self.classes:
                self.references.append((file, at, item[1:]))
                yield Guard("", name=item[1:])
            elif isinstance(item, dict):
                file.only(at, (*SCOPES, UNHEARD))
                for scope, wanted in item.items():
                    if scope != UNHEARD:
                        yield Guard(scope, self.phrases(file, (*at, scope)))
                    elif isinstance(wanted, float) and 0 < wanted < 1:
                        yield Guard(UNHEARD, likelihood=wanted)
                    else:
                        raise file.error((*at, scope), f"“{UNHEARD}” must be a likelihood between 0 and 1")
            else:
                yield Guard("inside", self.phrases(file, at))

    def rule(self, file: YamlFile, identity: str) -> Rule:
        """Return the rule that a file holds."""
        family, name = identity.split("/")
        if family not in FAMILIES:
            raise file.error((), f"“{family}” is not a family{near(family, FAMILIES)}")
        if not _ID.fullmatch(name):
            raise file.error((), f"“{name}” is not a rule name; use lower-case words joined by hyphens")
        data = file.only((), _KEYS)
        for key in ("message", "why", "examples"):
            if key not in data:
                raise file.error((), f"a rule needs “{key}”")
        if ("phrases" in data) == ("check" in data):
            raise file.error((), "a rule has either “phrases” or “check”, one of the two")
        if "options" in data and "check" not in data:
            raise file.error(("options",), "“options” belong to a “check”")
        return Rule(
            id=identity,
            family=family,
            severity=self._severity(file, family),
            message=" ".join(file.text(("message",)).split()),
            why=" ".join(file.text(("why",)).split()),
            path=file.path,
            rows=tuple(self._rows(file)),
            unless=tuple(self.guards_at(file, ("unless",))) if "unless" in data else (),
            when=tuple(self.guards_at(file, ("when",))) if "when" in data else (),
            check=self._check(file) if "check" in data else None,
            options=MappingProxyType(data.get("options", {})),
            examples=self._examples(file),
            channels=frozenset(self._choices(file, ("channels",), CHANNELS)) if "channels" in data else frozenset(),
            aliases=tuple(text for _, text in file.texts(("aliases",))) if "aliases" in data else (),
            no_say=file.text(("no_say",)) if "no_say" in data else "",
        )

    @staticmethod
    def _severity(file: YamlFile, family: str) -> Severity:
        if "severity" not in file.mapping(()):
            return FAMILIES[family]
        word = file.text(("severity",))
        try:
            return Severity.of(word)
        except ValueError:
            raise file.error(("severity",), f"“{word}” is not a severity; use suggestion, warning or error") from None

    @staticmethod
    def _choices(file: YamlFile, key: Key, choices: tuple[str, ...]) -> Iterator[str]:
        for at, text in file.texts(key):
            if text not in choices:
                raise file.error(at, f"“{text}” is not one of {', '.join(choices)}{near(text, choices)}")
            yield text

    def _rows(self, file: YamlFile) -> Iterator[Row]:
        if "phrases" not in file.mapping(()):
            return
        if not file.sequence(("phrases",)):
            raise file.error(("phrases",), "“phrases” is empty")
        for place in range(len(file.sequence(("phrases",)))):
            key = ("phrases", place)
            row = file.only(key, _ROW_KEYS)
            if "find" not in row:
                raise file.error(key, "a phrase needs “find”")
            finds = self.phrases(file, (*key, "find"))
            says = tuple(file.texts((*key, "say"))) if "say" in row else ()
            bound = frozenset.intersection(*(frozenset(grammar.slots(find)) for find in finds))
            for at, say in says:
                for slot in re.findall(r"\{([^{}]*)\}", say):
                    if slot not in bound:
                        raise file.error(at, f"“say” uses the slot {{{slot}}}, which “find” doesn't bind")
            if not isinstance(row.get("safe", False), bool):
                raise file.error((*key, "safe"), "“safe” must be true or false")
            yield Row(
                find=finds,
                say=tuple(say for _, say in says),
                safe=row.get("safe", False if _drops_words(finds, [say for _, say in says]) else None),
                unless=tuple(self.guards_at(file, (*key, "unless"))) if "unless" in row else (),
                when=tuple(self.guards_at(file, (*key, "when"))) if "when" in row else (),
            )

    @staticmethod
    def _check(file: YamlFile) -> str:
        name = file.text(("check",))
        if name not in CHECKS:
            raise file.error(("check",), f"there is no check “{name}”{near(name, CHECKS)}")
        known = check_options(name)
        options = file.mapping(("options",)) if "options" in file.mapping(()) else {}
        for option, value in options.items():
            if option not in known:
                raise file.error(
                    ("options", option), f"the check “{name}” has no option “{option}”{near(option, known)}"
                )
            problem = known[option].problem(value)
            if problem:
                raise file.error(("options", option), f"the option “{option}” {problem}")
        return name

    @staticmethod
    def _examples(file: YamlFile) -> tuple[Example, ...]:
        examples = []
        for place in range(len(file.sequence(("examples",)))):
            key = ("examples", place)
            example = file.only(key, _EXAMPLE_KEYS)
            if ("bad" in example) == ("good" in example):
                raise file.error(key, "an example is either “bad” or “good”, one of the two")
            kind = "bad" if "bad" in example else "good"
            text, marks = _marks(file.text((*key, kind)))
            if (kind == "bad") != bool(marks):
                raise file.error(key, "a bad example marks the words at fault with [[ ]], a good one has no marks")
            customer, channel, becomes = (
                file.text((*key, k)) if k in example else None for k in ("customer", "channel", "becomes")
            )
            examples.append(Example(text, marks, place, customer, channel, becomes))
        for wanted, there in (
            ("bad", any(e.marks for e in examples)),
            ("good", any(not e.marks for e in examples)),
        ):
            if not there:
                raise file.error(("examples",), f"a rule needs a {wanted} example")
        return tuple(examples)


def _marks(text: str) -> tuple[str, tuple[Span, ...]]:
    """Return an example without its `[[ ]]`, and the ranges that they marked."""
    plain, marks, at = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[at : match.start()]
        marks.append(Span(len(plain), len(plain) + len(match[1])))
        plain += match[1]
        at = match.end()
    return plain + text[at:], tuple(marks)


def _drops_words(finds: Sequence[str], says: Sequence[str]) -> bool:
    """Return whether a rewrite leaves out words that the phrase takes in unseen: those of a gap or of a slot."""
    kept = [set(grammar.slots(say)) for say in says]
    return any("..." in find or any(set(grammar.slots(find)) - slots for slots in kept) for find in finds)
