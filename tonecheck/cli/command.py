"""The commands and their options; what they do stands beside this file."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from glob import escape
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

import tonecheck
from tonecheck import configfile
from tonecheck.cli import check as checking
from tonecheck.cli import fix as fixing
from tonecheck.cli import rules as ruling
from tonecheck.cli.complaints import say
from tonecheck.cli.intake import STDIN, Reading, text_of
from tonecheck.config import Config
from tonecheck.model import CHANNELS, ConfigError, Severity, ToneCheckError
from tonecheck.readers import FORMATS
from tonecheck.render.settings import settings

INTERRUPTED = 130
_PIPE_CLOSED = 141
_FAILED = 2
_LEVELS = [str(level) for level in Severity]

_Command = TypeVar("_Command", bound=Callable[..., Any])


class _Names(click.ParamType[Any]):
    """Names with commas between; the option may be given several times."""

    name = "names"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Return the names."""
        del param, ctx
        return tuple(name.strip() for name in str(value).split(",") if name.strip())


class _Commands(click.Group):
    """Turns every way to fail into one sentence and an exit code."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; return the exit code."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return _PIPE_CLOSED
        except KeyboardInterrupt:
            return INTERRUPTED
        except ToneCheckError as error:
            say(error)
        except OSError as error:
            if os.environ.get("TONECHECK_DEBUG"):
                raise
            say(f"the output can't be written ({error.strerror or error})")
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if os.environ.get("TONECHECK_DEBUG"):
                raise
            say(f"internal error ({type(error).__name__}: {error}); please report it with what TONECHECK_DEBUG=1 shows")
        return _FAILED


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a narrow encoding is no reason to fail half-way
    try:
        code = command.main(arguments, prog_name="tonecheck", standalone_mode=False)
    except click.UsageError as error:
        say(error.format_message())
        if error.ctx:
            sys.stderr.write(f"Try “{error.ctx.command_path} --help”.\n")
        code = _FAILED
    except click.ClickException as error:
        say(error.format_message())
        code = _FAILED
    except click.Abort:
        code = INTERRUPTED
    sys.exit(code)


def _all(*options: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    def decorate(function: _Command) -> _Command:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


_path = click.Path(path_type=Path)
_which = _all(
    click.option("--select", type=_Names(), multiple=True, help="Only these rules or families."),
    click.option("--ignore", type=_Names(), multiple=True, help="Not these rules or families."),
)
_settings = _all(
    click.option("--config", "config_file", type=_path, metavar="FILE", help="Read the settings from this file."),
    click.option("--no-config", is_flag=True, help="Read no settings file."),
)
_reading = _all(
    click.option("--customer", type=_path, metavar="FILE", help="The customer's message that the reply answers."),
    click.option("--input", "format", type=click.Choice(FORMATS), help="The format, whatever the suffix."),
    click.option("--encoding", metavar="NAME", help="The encoding, if not UTF-8 or marked UTF-16."),
    click.option("--channel", type=click.Choice(CHANNELS), help="The way the replies go out."),
    click.option("--include", type=_Names(), multiple=True, metavar="GLOB", help="In folders, only such files."),
    click.option("--exclude", type=_Names(), multiple=True, metavar="GLOB", help="In folders, no such files."),
)
_color = click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="auto: on a terminal."
)
_quiet = click.option("--quiet", "-q", is_flag=True, help="Print nothing but findings and errors.")
_paths = click.argument("paths", nargs=-1, metavar="[PATH ...|-]")


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(tonecheck.__version__, "-V", "--version", message="tonecheck %(version)s")
def command() -> None:
    """Check the tone of customer-support replies.

    Exit codes: 0 nothing found, 1 something found, 2 bad usage, settings or rules, or a file that can't be read.
    """


@command.command()
@_paths
@_reading
@_which
@_settings
@click.option("--format", "output", type=click.Choice(checking.FORMATS), default="text", help="How findings are shown.")
@click.option("--fail-on", type=click.Choice(_LEVELS), help="Exit 1 from this severity on (default: warning).")
@click.option("--show-config", is_flag=True, help="Show the settings in force and where they came from, and stop.")
@_color
@_quiet
def check(paths: tuple[str, ...], *, output: str, show_config: bool, color: str, quiet: bool, **given: Any) -> int:  # noqa: ANN401
    """Find faults of tone in replies: files, folders, ticket files, or “-” for standard input."""
    config = _config(given)
    if show_config:
        sys.stdout.writelines(settings(ruling.rulebook_of(config)[1]))
        return 0
    if output != "text":
        _as_utf8()
    shown = checking.Output(output, color=_colored(color), quiet=quiet)
    return checking.check(_names(paths), config, _how(given), shown)


@command.command()
@_paths
@_reading
@_which
@_settings
@click.option("--diff", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--stdout", is_flag=True, help="Print the fixed text, and change no file.")
@_quiet
def fix(paths: tuple[str, ...], *, diff: bool, stdout: bool, quiet: bool, **given: Any) -> int:  # noqa: ANN401
    """Make the safe rewrites in place; “-” reads standard input and prints the fixed text."""
    _as_utf8()
    return fixing.fix(_names(paths), _config(given), _how(given), fixing.Way(diff, stdout, quiet))


@command.command()
@click.argument("rule")
@_settings
@_color
def explain(rule: str, *, color: str, **given: Any) -> int:  # noqa: ANN401
    """Say what a rule flags and why, with its phrases and examples."""
    return ruling.explain(rule, _config(given), color=_colored(color))


@command.command()
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
@_which
@_settings
@_color
def rules(*, output: str, color: str, **given: Any) -> int:  # noqa: ANN401
    """List the rules in force, by family."""
    if output == "json":
        _as_utf8()
    return ruling.rules(_config(given), as_json=output == "json", color=_colored(color))


@command.command()
@click.argument("folders", nargs=-1, required=True, type=_path, metavar="DIR ...")
def test(folders: tuple[Path, ...]) -> int:
    """Hold a team's own rules to their examples."""
    return ruling.test(folders)


def _names(paths: tuple[str, ...]) -> tuple[str, ...]:
    if paths:
        return paths
    if sys.stdin.isatty():
        raise click.UsageError(
            "nothing to read; name a file or a folder, or pipe a reply in", click.get_current_context()
        )
    return (STDIN,)


def _config(given: dict[str, Any]) -> Config:
    """Return the settings from the file that the options name, or the nearest, with the options over them."""
    file: Path | None = given["config_file"]
    if file and given["no_config"]:
        raise click.UsageError("--config and --no-config exclude each other", click.get_current_context())
    if file and not file.is_file():
        raise ConfigError(f"{configfile.shown(file)}: there is no such settings file")
    config = Config.read(file) if file else Config() if given["no_config"] else Config.load(Path.cwd())
    lists = {name: _joined(given[name]) for name in ("select", "ignore", "include", "exclude") if name in given}
    level = given.get("fail_on")
    return config.with_flags(
        select=lists.get("select"),
        ignore=lists.get("ignore"),
        include=_rooted(lists.get("include", ())),
        exclude=_rooted(lists.get("exclude", ())),
        channel=given.get("channel"),
        format=given.get("format"),
        fail_on=Severity.of(level) if level else None,
    )


def _joined(several: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(name for names in several for name in names)


def _rooted(globs: Iterable[str]) -> tuple[str, ...]:
    """Return globs of the command line, which count from the working folder, as they count from anywhere."""
    here = escape(str(Path.cwd()))
    return tuple(f"{here}/{glob.removeprefix('./')}" if "/" in glob.rstrip("/") else glob for glob in globs)


def _how(given: dict[str, Any]) -> Reading:
    customer: Path | None = given["customer"]
    return Reading(given["encoding"], text_of(customer, given["encoding"]) if customer else None)


def _colored(wish: str) -> bool:
    if wish != "auto":
        return wish == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _as_utf8() -> None:
    """Let standard output take any text, whatever the locale; what other programs read is UTF-8, line ends as given."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
