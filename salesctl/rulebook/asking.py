"""Ask any rule by its name, with values as people write them: `policy explain` and the worked examples do."""

from __future__ import annotations

import inspect
import re
from datetime import date, datetime, time
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesctl.console.inputs import FIRST_YEAR, LAST_YEAR
from salesctl.errors import N_, WRONG, Invalid, SalesctlError, Unknown
from salesctl.policy.policy import near
from salesctl.policy.units import parse_money, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from salesctl.policy.calendar import Calendar
    from salesctl.policy.outcome import Outcome
    from salesctl.policy.policy import Policy

    Rule = Callable[..., Outcome]

HOUSE = Path(__file__).parents[1]
BROUGHT = ("on", "policy", "calendar")  # parameters that the asking brings along
NOTHING = ("", "None", "none")
YES_NO = {"true": True, "yes": True, "false": False, "no": False}
MANY = re.compile(r"(?:list|Iterable|Sequence|Collection|set|frozenset|tuple)\[(\w+)(?:, \.\.\.)?\]")
NUMBER = re.compile(r"\.[0-9]{1,6}\.")


class Missing(SalesctlError):
    """A rule was asked without something it needs."""

    code, status = "policy.missing-value", WRONG
    says = N_("The rule {rule} needs: {missing}.")
    hint = N_("Say --given NAME=VALUE for each; the rule takes {parameters}.")


class TooMuch(SalesctlError):
    """A rule was given something it does not take."""

    code, status = "policy.unknown-value", WRONG
    says = N_("The rule {rule} does not take: {unknown}.")
    hint = N_("It takes {parameters}.")


class NotAskable(SalesctlError):
    """A rule that takes what nobody can type."""

    code, status = "policy.not-askable", WRONG
    says = N_("The rule {rule} takes {parameter} as {kind}, which cannot be written as a value.")
    hint = N_("Ask the command that uses the rule, with --dry-run.")


def ask(name: str, given: Mapping[str, str], *, on: date, policy: Policy, calendar: Calendar) -> Outcome:
    """The answer of a rule, with its working.

    Args:
        name: such as `approvals.approver`.
        given: the facts by parameter; a field of a compound parameter as `who.grade`.
        on: the day asked about.
        policy: the packs.
        calendar: the working days.

    Raises:
        Unknown: there is no such rule.
        Missing, TooMuch, Invalid: the values do not fit it.
    """
    rule = rule_named(name)
    _expect(name, rule, given)
    brought = {"on": on, "policy": policy, "calendar": calendar}
    facts: dict[str, Any] = {}
    for parameter in inspect.signature(rule).parameters.values():
        if parameter.name in brought:
            facts[parameter.name] = brought[parameter.name]
        elif (kind := _kind(rule, parameter)) is not None:
            facts[parameter.name] = _compound(name, parameter.name, kind, given)
        elif (kind := _kind_of_each(rule, parameter)) is not None:
            facts[parameter.name] = [
                _compound(name, f"{parameter.name}.{number}", kind, given) for number in _numbers(parameter.name, given)
            ]
        elif parameter.name in given:
            facts[parameter.name] = _value(name, parameter.name, str(parameter.annotation), given[parameter.name])
    return rule(**facts)


@cache
def rules() -> dict[str, Rule]:
    """Every rule of the house by its name: the public functions of each noun's rules that answer an `Outcome`.

    They stand in `rules.py`; where a noun has many, in further files such as `completion_rules.py`.
    """
    found: dict[str, Rule] = {}
    for file in sorted(HOUSE.glob("*/*rules.py")):
        noun = file.parent.name
        module = import_module(f"salesctl.{noun}.{file.stem}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            is_own = function.__module__ == module.__name__ and not name.startswith("_")
            if is_own and function.__annotations__.get("return") == "Outcome":
                found[f"{noun}.{name}"] = function
    return found


def rule_named(name: str) -> Rule:
    """The rule called `approvals.approver`, or in full `salesctl.approvals.rules:approver`."""
    short = name.removeprefix("salesctl.").replace(".rules:", ".")
    if short not in rules():
        raise Unknown(
            what=N_("rule"), value=shown(name), candidates=near(short, rules()), listing="salesctl policy explain"
        )
    return rules()[short]


def parameters(rule: Rule) -> dict[str, bool]:
    """What a rule wants to be given, each with whether it can do without; `N` stands for 1, 2, 3 and so on."""
    wanted: dict[str, bool] = {}
    for parameter in inspect.signature(rule).parameters.values():
        if parameter.name in BROUGHT:
            continue
        each = _kind_of_each(rule, parameter)
        kind, prefix = (each, f"{parameter.name}.N") if each else (_kind(rule, parameter), parameter.name)
        if kind is None:
            wanted[parameter.name] = parameter.default is not parameter.empty
        else:
            wanted |= {f"{prefix}.{field}": each is not None or field in kind.defaults for field in kind.fields}
    return wanted


def _expect(name: str, rule: Rule, given: Mapping[str, str]) -> None:
    """Refuse what is missing and what is too much, naming what the rule takes."""
    wanted = parameters(rule)
    facts = {"rule": name, "parameters": ", ".join(wanted) or "-"}
    if unknown := sorted(fact for fact in given if NUMBER.sub(".N.", fact) not in wanted and fact not in wanted):
        raise TooMuch(unknown=", ".join(unknown), **facts)
    if missing := [parameter for parameter, may_lack in wanted.items() if not may_lack and parameter not in given]:
        raise Missing(missing=", ".join(missing), **facts)


def _kind(rule: Rule, parameter: inspect.Parameter) -> Any:
    """The compound kind (a Record of the rule's own module) that a parameter's annotation names, if any."""
    return _record(rule, str(parameter.annotation))


def _kind_of_each(rule: Rule, parameter: inspect.Parameter) -> Any:
    """The compound kind of the members where a parameter takes many of them."""
    many = MANY.fullmatch(str(parameter.annotation))
    return _record(rule, many[1]) if many else None


def _record(rule: Rule, name: str) -> Any:
    kind = vars(inspect.getmodule(rule)).get(name)
    return kind if hasattr(kind, "fields") else None


def _numbers(name: str, given: Mapping[str, str]) -> list[str]:
    """The numbers of a list's members: `visits.1.day`, `visits.2.day`."""
    found = {fact.split(".")[1] for fact in given if fact.startswith(f"{name}.")}
    return sorted(found, key=int)


def _compound(rule: str, name: str, kind: Any, given: Mapping[str, str]) -> Any:
    """A Record from its fields, given as `who.grade`."""
    values = {}
    for field in kind.fields:
        if (text := given.get(f"{name}.{field}")) is not None:
            values[field] = _value(rule, f"{name}.{field}", _text(kind.__annotations__[field]), text)
        elif field not in kind.defaults:
            raise Missing(rule=rule, missing=f"{name}.{field}", parameters=", ".join(kind.fields))
    return kind(**values)


def _text(annotation: Any) -> str:
    return getattr(annotation, "__forward_arg__", None) or str(annotation)


def _value(rule: str, name: str, kind: str, text: str) -> Any:
    """A value as the rule's annotation wants it."""
    plain = kind.removesuffix(" | None")
    if plain != kind and text in NOTHING:
        return None
    if many := MANY.fullmatch(plain):
        return [_value(rule, name, many[1], part.strip()) for part in text.split(",") if part.strip()]
    if plain not in READERS:
        raise NotAskable(rule=rule, parameter=name, kind=kind)
    what, example, read = READERS[plain]
    try:
        return read(text)
    except (ValueError, KeyError):
        raise Invalid(value=f"{name}={shown(text)}", what=what, example=f"{name}={example}") from None


def _whole(text: str) -> int:
    """A whole number, without signs that mean something else elsewhere: no `1_000`, no `0x10`."""
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise ValueError(text)
    return int(text)


def _day(text: str) -> date:
    """A day in the one form of the cases: `2012-04-16`."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    day = date.fromisoformat(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return day


def _moment(text: str) -> datetime:
    """A time of Shanghai, unless it says its own zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        from zoneinfo import ZoneInfo

        moment = moment.replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    return moment


READERS: dict[str, tuple[str, str, Callable[[str], Any]]] = {  # annotation -> what it is, an example, how it is read
    "Fen": (N_("an amount of money"), "9,300.00", parse_money),
    "int": (N_("a whole number"), "12", _whole),
    "bool": (N_("yes or no"), "yes", lambda text: YES_NO[text.casefold()]),
    "str": (N_("a text"), "…", str),
    "date": (N_("a day"), "2012-04-16", _day),
    "datetime": (N_("a day and a time"), "2012-04-16 09:40:00", _moment),
    "time": (N_("a time of day"), "09:40", time.fromisoformat),
}
