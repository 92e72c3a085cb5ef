"""What every door calls: a linter that is built once and used for many drafts."""

from __future__ import annotations

import itertools
import pickle
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

from tonecheck import cache, linter, readers
from tonecheck.config import Config
from tonecheck.draft import Draft, Encoding, Suppression
from tonecheck.fix import Fixed, settle
from tonecheck.model import CHANNELS, ReadError, Report, Span
from tonecheck.rulebook import Rulebook, load_rules
from tonecheck.tables import with_tables
from tonecheck.vetting import vetted

_CHUNK = 64
_CHUNKS_AHEAD = 4


class Linter:
    """Rules and settings made ready.  Immutable: share it between threads, pickle it, build several at once."""

    def __init__(self, config: Config | None = None) -> None:
        """Load and compile the rules that `config` asks for; raise `RuleFileError` or `ConfigError`."""
        self.config = config or Config()
        self.rulebook: Rulebook = with_tables(load_rules(*self.config.rule_folders), self.config.phrase_tables)
        self._settings = vetted(self.config, self.rulebook)
        self.rules = linter.active(self.rulebook, self._settings)

    def __reduce__(self) -> tuple[type[Linter], tuple[Config]]:
        """Pickle the settings; the rules are read again where the copy wakes up."""
        return type(self), (self.config,)

    @cached_property
    def _ready(self) -> linter.Ready:
        key = cache.key(self.rulebook.classes)
        kept = cache.load(key)
        ready = linter.prepare(self.rulebook, self._settings, self.rules, kept)
        if not ready.book.anchors.keys() <= kept.keys():
            cache.save(key, {**kept, **ready.book.anchors})
        return ready

    def lint(
        self,
        text: str,
        *,
        customer: str | None = None,
        format: str = "text",  # noqa: A002 - the word that callers expect
        channel: str | None = None,
        name: str = "",
    ) -> Report:
        """Return the findings of a reply; `format` is text, markdown or html, `customer` the message it answers."""
        return self.lint_draft(readers.read(text, format=format, name=name, customer=customer, channel=channel))

    def lint_draft(self, draft: Draft) -> Report:
        """Return the findings of a draft that a reader made."""
        return linter.lint(draft, self._ready)

    def lint_many(self, tickets: Iterable[Mapping[str, Any] | Draft], *, processes: int = 1) -> Iterator[Report]:
        """Yield a report for each ticket, in order, without ever holding all of them.

        A ticket is a draft, or a mapping with `reply` and perhaps `id`, `customer`, `channel`, `format`, `ignore`;
        one that is neither raises `ReadError` in its turn.  With more than one process, a few hundred tickets are
        read ahead.
        """
        drafts = (ticket if isinstance(ticket, Draft) else draft_of(ticket) for ticket in tickets)
        if processes <= 1:
            yield from map(self.lint_draft, drafts)
            return
        me = pickle.dumps(self)
        pending: deque[Future[list[Report]]] = deque()
        pool = ProcessPoolExecutor(processes)
        try:
            while chunk := list(itertools.islice(drafts, _CHUNK)):
                pending.append(pool.submit(_lint_chunk, me, chunk))
                if len(pending) > processes * _CHUNKS_AHEAD:
                    yield from pending.popleft().result()
            while pending:
                yield from pending.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def fix(self, text: str, *, customer: str | None = None, format: str = "text", channel: str | None = None) -> str:  # noqa: A002 - see Linter.lint
        """Return the reply with all safe rewrites made; fixing the result again changes nothing."""
        return self.fix_draft(readers.read(text, format=format, customer=customer, channel=channel)).text

    def fix_draft(self, draft: Draft) -> Fixed:
        """Return the source of a draft with all safe rewrites made, and the edits of the source that make them."""
        return settle(draft.source, lambda source: self.lint_draft(_again(draft, source)).findings)


def draft_of(ticket: Mapping[str, Any]) -> Draft:
    """Return the draft of a ticket that is a mapping; raise `ReadError` for one that is not as it must be."""
    name, reply, customer, channel = (ticket.get(key) for key in ("id", "reply", "customer", "channel"))
    label = "a ticket" if name is None else f"ticket {name}"
    if not isinstance(reply, str):
        raise ReadError(f"{label}: “reply” must be a text")
    if not isinstance(customer, str | None):
        raise ReadError(f"{label}: “customer” must be a text")
    if channel is not None and channel not in CHANNELS:
        raise ReadError(f"{label}: “channel” must be one of {', '.join(CHANNELS)}")
    ignore = ticket.get("ignore") or ()
    if isinstance(ignore, str) or not isinstance(ignore, Iterable):
        raise ReadError(f"{label}: “ignore” must be a list of rules and families")
    try:
        draft = readers.read(
            reply,
            format=ticket.get("format") or "text",
            name="" if name is None else str(name),
            customer=customer,
            channel=channel,
        )
    except ValueError as error:
        raise ReadError(f"{label}: “format”: {error}") from None
    return _ignoring(draft, [tuple(map(str, ignore))] if ignore else [])


def _ignoring(draft: Draft, wishes: Iterable[tuple[str, ...]]) -> Draft:
    """Return the draft with suppressions that come from outside its text."""
    whole = Span(0, len(draft.text))
    ours = tuple(Suppression(whole, targets, 0) for targets in wishes)
    return replace(draft, suppressions=(*ours, *draft.suppressions)) if ours else draft


def _again(draft: Draft, source: str) -> Draft:
    """Return a draft of another source, read as `draft` was."""
    if source == draft.source:
        return draft
    plain = "text" if draft.origin is None else "markdown"
    new = readers.read(
        source,
        format="html" if draft.encoding is Encoding.HTML else plain,
        name=draft.name,
        customer=draft.customer,
        channel=draft.channel,
    )
    return _ignoring(new, [wish.targets for wish in draft.suppressions if not wish.line])


@lru_cache(maxsize=2)
def _awake(pickled: bytes) -> Linter:
    """Return the linter of a worker process, which is built once."""
    awake: Linter = pickle.loads(pickled)  # noqa: S301 - comes from our own process
    return awake


def _lint_chunk(pickled: bytes, drafts: Sequence[Draft]) -> list[Report]:
    return [_awake(pickled).lint_draft(draft) for draft in drafts]


def lint(text: str, *, customer: str | None = None, format: str = "text", config: Config | None = None) -> Report:  # noqa: A002 - see Linter.lint
    """Lint one reply.  A caller with many keeps a `Linter`, which reads the rules once."""
    return Linter(config).lint(text, customer=customer, format=format)


def fix(text: str, *, customer: str | None = None, format: str = "text", config: Config | None = None) -> str:  # noqa: A002 - see Linter.lint
    """Return one reply with all safe rewrites made."""
    return Linter(config).fix(text, customer=customer, format=format)
