"""A linter for the tone of customer-support replies."""

from tonecheck.api import Linter, fix, lint
from tonecheck.config import Config
from tonecheck.model import (
    ConfigError,
    Edit,
    Finding,
    ReadError,
    Report,
    RuleFileError,
    Severity,
    Span,
    Suggestion,
    ToneCheckError,
)
from tonecheck.rulebook import load_rules

__version__ = "0.1.0"

__all__ = [
    "Config",
    "ConfigError",
    "Edit",
    "Finding",
    "Linter",
    "ReadError",
    "Report",
    "RuleFileError",
    "Severity",
    "Span",
    "Suggestion",
    "ToneCheckError",
    "__version__",
    "fix",
    "lint",
    "load_rules",
]
