"""What the parser says of a command line it cannot understand, in our words and both languages."""

from __future__ import annotations

import re
from typing import Any

from salesctl.errors import N_, WRONG, SalesctlError


class Misspelt(SalesctlError):
    """A command line that cannot be understood."""

    code, status = "usage", WRONG
    hint = N_("{way_out}")


CASES = (  # what the parser says -> what we say; groups fill the names
    (r"No such command '(?P<value>.*?)'\.(?: Did you mean (?P<near>.*?)\?)?$", N_("There is no command {value!r}.")),
    (
        r"No such option: (?P<value>-\d)",
        N_("{value}… looks like a negative amount; amounts are never negative: a wrong entry is reversed."),
    ),
    (
        r"No such option: (?P<value>.*?)(?: \(Possible options: (?P<near>.*)\)| Did you mean (?P<near2>.*)\?)?$",
        N_("There is no option {value}."),
    ),
    (r"Missing (?:argument|option|parameter)s? ?:?'?(?P<value>.*?)'?\.?$", N_("Something is missing: {value}.")),
    (r"Got unexpected extra argument(?:s|\(s\))? \((?P<value>.*)\)", N_("Too many words: {value}.")),
    (r"Option '(?P<value>.*)' requires an argument\.", N_("Option {value} needs a value.")),
    (r"Invalid value for (?P<value>.*?): (?P<near3>.*)", N_("The value for {value} is not understood: {near3}")),
    (r"Missing command\.", N_("A verb is missing.")),
)


def explained(error: Any) -> Misspelt:
    """The parser's error as one of ours."""
    said = error.format_message()
    ctx = getattr(error, "ctx", None)
    helping = f"{ctx.command_path if ctx else 'salesctl'} --help"
    for pattern, says in CASES:
        if found := re.search(pattern, said, re.DOTALL):
            facts = {name: (value or "").replace("' / '", " / ") for name, value in found.groupdict().items()}
            near = facts.get("near") or facts.get("near2") or _near(ctx, facts.get("value", ""))
            return _named(says, facts, _way_out(near, helping))
    return _named("{said}", {"said": said}, _way_out("", helping))


def _near(ctx: Any, value: str) -> str:
    """The verb or noun that was probably meant."""
    if ctx is None or not hasattr(ctx.command, "list_commands"):
        return ""
    from difflib import get_close_matches

    return ", ".join(get_close_matches(value, ctx.command.list_commands(ctx), 3))


def _way_out(near: str | None, helping: str) -> tuple[str, dict[str, str]]:
    if near:
        return N_("Did you mean {near}? `{helping}` shows all."), {"near": near, "helping": helping}
    return N_("See `{helping}`."), {"helping": helping}


def _named(says: str, facts: dict[str, str], way_out: tuple[str, dict[str, str]]) -> Misspelt:
    problem = type("Misspelt", (Misspelt,), {"says": says, "hint": way_out[0]})
    told: Misspelt = problem(**{**facts, **way_out[1]})
    return told
