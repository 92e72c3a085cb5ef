"""Settings: found, read, refused, overlaid."""

import pickle
from pathlib import Path

import pytest

from tonecheck import globs
from tonecheck.config import Config
from tonecheck.model import ConfigError, Severity
from tonecheck.rulebook import load_rules
from tonecheck.vetting import vetted

PYPROJECT = "[project]\nname = 'x'\n\n[tool.tonecheck]\n"


def write(folder, text, name="tonecheck.toml"):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_is_the_default(tmp_path):
    assert Config.load(tmp_path) == Config()


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"tonecheck.toml": "channel = 'chat'"}, "chat"),
        ({"pyproject.toml": PYPROJECT + "channel = 'chat'"}, "chat"),
        ({"a/tonecheck.toml": "channel = 'chat'", "tonecheck.toml": "channel = 'email'"}, "chat"),
        ({"a/b/tonecheck.toml": "channel = 'chat'", "pyproject.toml": PYPROJECT + "channel = 'email'"}, "chat"),
        ({"a/tonecheck.toml": "channel = 'chat'", "a/pyproject.toml": PYPROJECT + "channel = 'email'"}, "chat"),
        ({"a/pyproject.toml": "[tool.other]\nx = 1", "tonecheck.toml": "channel = 'chat'"}, "chat"),
        ({"a/pyproject.toml": "# not for tool.tonecheck", "tonecheck.toml": "channel = 'chat'"}, "chat"),
    ],
)
def test_the_nearest_file_counts(tmp_path, files, expected):
    for name, text in files.items():
        write((tmp_path / name).parent, text, Path(name).name)
    (tmp_path / "a" / "b").mkdir(parents=True, exist_ok=True)
    assert Config.load(tmp_path / "a" / "b").channel == expected


def test_every_key_is_read(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "words.csv").write_text("avoid,prefer\n")
    config = Config.read(
        write(
            tmp_path,
            """
            rules = ["rules"]
            phrase-tables = ["words.csv"]
            select = ["blame"]
            ignore = ["jargon"]
            allow = ["with all due respect"]
            known = ["SSO"]
            channel = "email"
            fail-on = "error"
            include = ["*.md"]
            exclude = ["old/**"]
            [severity]
            scripted = "warning"
            [options."shouting/capitals"]
            least = 3
            [[paths]]
            match = "macros/**"
            channel = "macro"
            format = "html"
            """,
        )
    )
    assert config.rule_folders == (tmp_path / "rules",)
    assert config.phrase_tables == (tmp_path / "words.csv",)
    assert (config.select, config.ignore, config.allow) == (("blame",), ("jargon",), ("with all due respect",))
    assert (config.known, config.channel, config.fail_on) == (("SSO",), "email", Severity.ERROR)
    assert (config.include, config.exclude) == (("*.md",), ("old/**",))
    assert config.severity == {"scripted": Severity.WARNING}
    assert config.options == {"shouting/capitals": {"least": 3}}
    assert config.paths[0].match == ("macros/**",)
    assert set(config.origins.values()) == {str(tmp_path / "tonecheck.toml")}
    assert pickle.loads(pickle.dumps(config)) == config  # noqa: S301 - our own


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\nselekt = []", "tonecheck.toml:2: selekt: there is no such setting (did you mean “select”?)"),
        ("select = 'blame'", '1: select: must be a list of texts, not a text; write ["blame"]'),
        ("select = [1]", "1: select: must be a list of texts, but holds a number"),
        ("# channel = 1\nchannel = 1", "2: channel: must be a text in quotes, not a number"),
        ("channel = 'emial'", "1: channel: “emial” is not one of email, chat, social, phone, macro (did you mean"),
        ("fail-on = 'warn'", "1: fail-on: “warn” is not one of suggestion, warning, error (did you mean “warning”?)"),
        ("severity = 'error'", "1: severity: must be a table of names and values, not a text"),
        ("\n[severity]\nblame = 'eror'", "3: severity.blame: “eror” is not one of"),
        ("[options.blame]\nx = 1", "1: options.blame: options belong to a rule"),
        ("[options]\n'a/b' = 1", "2: options.a/b: must be a table"),
        ("select = []\n\nrules = ['mine']", "3: rules: there is no folder “mine” beside tonecheck.toml"),
        ("phrase-tables = ['w.csv']", "1: phrase-tables: there is no file “w.csv”"),
        ("paths = {}", "1: paths: must be an array of tables; write [[paths]]"),
        ("[[paths]]\nmatch='a'\n\n[[paths]]\nignore=[]", "4: paths: needs “match”"),
        (
            "[[paths]]\nmatch='a'\n[[paths]]\nmatch='b'\nchanel='c'",
            "5: paths.chanel: there is no such setting (did you",
        ),
        ("channel = 2020-01-01", "must be a text in quotes, not a date"),
        ("select = [", "tonecheck.toml:1: this is not TOML: "),
        ("a = 1\nb = = 2", "tonecheck.toml:2: this is not TOML: invalid value"),
    ],
)
def test_a_wrong_setting_is_named_with_its_line(tmp_path, monkeypatch, text, expected):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError) as error:
        Config.read(write(tmp_path, text))
    assert expected in str(error.value)
    assert str(error.value).startswith("tonecheck.toml:")


def test_files_that_are_no_settings(tmp_path):
    with pytest.raises(ConfigError, match="there is no table"):
        Config.read(write(tmp_path, "", "pyproject.toml"))
    (tmp_path / "x.toml").write_bytes(b"\xff")
    with pytest.raises(ConfigError, match="not UTF-8"):
        Config.read(tmp_path / "x.toml")
    with pytest.raises(ConfigError, match="can't be read: no such file"):
        Config.read(tmp_path / "none.toml")


CHECK_RULE = next(rule for rule in load_rules().rules.values() if rule.check and rule.options)
PHRASE_RULE = next(rule for rule in load_rules().rules.values() if rule.rows)
OPTION = next(iter(CHECK_RULE.options))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ignore = ['jargon',\n'blam']", "2: ignore: there is no rule or family “blam” (did you mean “blame”?)"),
        ("select = ['blame/nothing-like-it']", "1: select: there is no rule or family “blame/nothing-like-it”"),
        ("[severity]\nblam = 'error'", "2: severity.blam: there is no rule or family “blam” (did you mean “blame”?)"),
        (f"[options.'{PHRASE_RULE.id}']\nx = 1", "2: options."),
        (f"[options.'{PHRASE_RULE.id}']\nx = 1", "is made of phrases and has no options"),
        (f"[options.'{CHECK_RULE.id}']\n{OPTION}x = 1", f"has no option “{OPTION}x” (did you mean “{OPTION}”?)"),
        (f"[options.'{CHECK_RULE.id}']\n{OPTION} = 1979-01-01", f"2: options.{CHECK_RULE.id}.{OPTION}: must be"),
        ("allow = ['a (b']", "1: allow: “a (b”: "),
        ("[[paths]]\nmatch = 'a'\nformat = 'htm'", "3: paths.format: “htm” is not one of text, markdown, html"),
        ("[[paths]]\nmatch = 'a'\nignore = ['blam']", "3: paths.ignore: there is no rule or family “blam”"),
    ],
)
def test_a_name_that_is_no_rule_family_or_option(tmp_path, monkeypatch, text, expected):
    monkeypatch.chdir(tmp_path)
    config = Config.read(write(tmp_path, text))
    with pytest.raises(ConfigError) as error:
        vetted(config, load_rules())
    assert expected in str(error.value)


def test_a_flag_is_named_as_such(tmp_path):
    config = Config.read(write(tmp_path, "ignore = ['jargon']")).with_flags(ignore=("blam",))
    with pytest.raises(ConfigError, match=r"^--ignore: there is no rule or family “blam”"):
        vetted(config, load_rules())


PATHS = """
ignore = ["jargon"]
channel = "email"
[severity]
blame = "warning"
[[paths]]
match = ["macros/**", "*.tpl"]
ignore = ["scripted"]
channel = "macro"
severity = {blame = "suggestion", demand = "error"}
known = ["SSO"]
[[paths]]
match = "macros/old/*"
select = ["hostility"]
format = "html"
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("reply.md", ("email", ("jargon",), (), None)),
        ("macros/a.md", ("macro", ("jargon", "scripted"), (), None)),
        ("macros/deep/a.md", ("macro", ("jargon", "scripted"), (), None)),
        ("deep/a.tpl", ("macro", ("jargon", "scripted"), (), None)),
        ("macros/old/a.md", ("macro", ("jargon", "scripted"), ("hostility",), "html")),
        ("../macros/a.md", ("email", ("jargon",), (), None)),
    ],
)
def test_paths_have_settings_of_their_own(tmp_path, path, expected):
    root = tmp_path / "project"
    config = Config.read(write(root, PATHS)).for_path((root / path).resolve())
    assert (config.channel, config.ignore, config.select, config.format) == expected


def test_severities_of_a_path_overlay_the_general_ones(tmp_path):
    config = Config.read(write(tmp_path, PATHS)).for_path(tmp_path / "macros" / "a")
    assert config.severity == {"blame": Severity.SUGGESTION, "demand": Severity.ERROR}
    assert config.known == ("SSO",)


def test_flags_have_the_last_word(tmp_path):
    config = Config.read(write(tmp_path, PATHS)).with_flags(
        select=("jargon/x",), ignore=("demand",), channel="chat", format=None, fail_on=Severity.ERROR
    )
    assert config.ignore == ("demand",)  # what is selected is no longer ignored
    assert config.fail_on is Severity.ERROR
    here = config.for_path(tmp_path / "macros" / "old" / "a.md")
    assert (here.channel, here.select, here.format) == ("chat", ("jargon/x",), "html")
    assert here.ignore == ("demand", "scripted")
    assert config.origins["select"] == "--select"
    assert config.origins["ignore"].endswith("tonecheck.toml and --ignore")
    assert config.origins["fail-on"] == "--fail-on"


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("*.md", "a.md", True),
        ("*.md", "deep/a.md", True),
        ("./*.md", "deep/a.md", False),
        ("macros", "macros/a.md", True),
        ("macros/", "x/macros/a.md", True),
        ("macros/**", "macros/a/b.md", True),
        ("macros/*", "macros/a/b.md", True),  # fits the folder that holds it
        ("macros/*.md", "macros/a/b.md", False),
        ("**/b.md", "b.md", True),
        ("a/**/b.md", "a/b.md", True),
        ("a?.md", "ab.md", True),
        ("[ab].md", "b.md", True),
        ("[!ab].md", "b.md", False),
        ("[[]x].md", "[x].md", True),
        ("[z-a].md", "b.md", False),
        ("a.md", "axmd", False),
        ("/root/*.md", "a.md", True),
        ("/other/*.md", "a.md", False),
    ],
)
def test_globs(pattern, path, expected):
    root = Path("/root")
    assert globs.matches(pattern, root / path, root) is expected
