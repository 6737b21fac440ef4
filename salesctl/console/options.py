"""The command line's shape: options every command takes, commands loaded when they are named."""

from __future__ import annotations

from copy import copy
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info

from salesctl.console.arguments import among, completing
from salesctl.console.show import FORMATS
from salesctl.console.words import LANGUAGES, _, help_of
from salesctl.errors import N_

if TYPE_CHECKING:
    from collections.abc import Callable

COMMON = (  # parameter, flags, metavar, help
    ("acting", ["--as"], "PERSON", N_("Who acts: code, alias or the start of a name.")),
    ("on", ["--on", "--as-of"], "DAY", N_("The business day, if it is not today.")),
    ("ledger", ["--ledger"], "PATH", N_("The ledger to work on.")),
    ("lang", ["--lang"], "LANG", N_("Language: en or zh_CN.")),
    ("form", ["--format", "-f"], "FORM", N_("table, json, csv or xlsx.")),
    ("output", ["--output", "-o"], "FILE", N_("Write the answer to a file; its suffix chooses the format.")),
    ("key", ["--key"], "FILE", N_("Your key, where decisions are signed.")),
    ("request_id", ["--request-id"], "ID", N_("The same id is carried out once, however often it is sent.")),
)
FLAGS = (
    ("dry_run", ["--dry-run", "-n"], N_("Show what would happen; write nothing.")),
    ("yes", ["--yes", "-y"], N_("Do not ask.")),
)
NAMES = tuple(name for name, *_rest in COMMON + FLAGS)


PIECES = (N_("[OPTIONS]"), N_("COMMAND [ARGS]..."))  # of the line of usage


class Worded:
    """A command whose help speaks the language of this run."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The line of usage."""
        pieces = [_(piece) for piece in self.collect_usage_pieces(ctx)]  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage: "))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The whole help; headings end with the colon of the language."""

        def headed(heading: str) -> None:
            formatter.write(f"{'':>{formatter.current_indent}}{_('{heading}:').format(heading=heading)}\n")

        formatter.write_heading = headed
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def get_help_option(self, ctx: Any) -> Any:
        """The help option."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _("Show this message and exit.")
        return option


class Command(Worded, TyperCommand):
    """A command with the options all commands share; they make its desk."""

    def __init__(self, name: str | None, **details: Any) -> None:
        details["params"] = [*(details.get("params") or []), *_common_options()]
        details["context_settings"] = {"help_option_names": ["-h", "--help"], **(details.get("context_settings") or {})}
        super().__init__(name, **details)

    def invoke(self, ctx: Any) -> Any:
        """Run the command at the desk that the common options describe; where it must be signed, more than once."""
        wishes = {name: ctx.params.pop(name, None) for name in NAMES}
        asked = {name: str(value) for name, value in ctx.params.items() if value is not None}
        asked["on"] = str(wishes["on"] or "")
        if wishes["request_id"] and ctx.params.get("file"):
            asked["content"] = _fingerprint(Path(ctx.params["file"]))

        def work(desk: Any) -> Any:
            ctx.obj = desk
            return super(Command, self).invoke(ctx)

        return ctx.obj(wishes, f"{ctx.command_path} {sorted(asked.items())}", work)


def _common_options() -> list[TyperOption]:
    options = [
        TyperOption(
            param_decls=[*flags, name],
            metavar=metavar,
            help=_(text),
            default=None,
            required=False,
            autocompletion=_completions(name),
        )
        for name, flags, metavar, text in COMMON
    ]
    return options + [
        TyperOption(param_decls=[*flags, name], is_flag=True, default=False, help=_(text), required=False)
        for name, flags, text in FLAGS
    ]


def _completions(name: str) -> Callable[[Any, list[str], str], Any] | None:
    if name == "acting":
        return lambda ctx, _words, incomplete: completing("person")(ctx, incomplete)
    offered = {"form": FORMATS, "lang": LANGUAGES}.get(name, ())
    return (lambda _ctx, _words, incomplete: among(*offered)(_ctx, incomplete)) if offered else None


def _typed_whole(text: str) -> str:
    """A help text whose examples are not broken between two lines: they are there to be typed."""
    return "\n\n".join(
        f"\b\n{part}" if part.partition("salesctl ")[0].rstrip().endswith((":", "：")) else part
        for part in text.split("\n\n")
    )


def _fingerprint(file: Path) -> str:
    """What is in a file that a request names: another content is another request."""
    from hashlib import sha256

    return sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


class Noun(Worded, TyperGroup):
    """The verbs of one noun, and the nouns under it; only the one that is asked for is built."""

    infos: dict[str, Any]
    nouns: dict[str, tuple[str, str]]  # noun under this one -> module, help

    def list_commands(self, ctx: Any) -> list[str]:
        """The verbs in the order they are written, then the nouns."""
        return [*self.infos, *self.nouns]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Build one verb, or import a noun under this one."""
        if cmd_name in self.nouns:
            module, text = self.nouns[cmd_name]
            return noun(import_module(module).app, cmd_name, _(text))
        info = self.infos.get(cmd_name)
        if info is None:
            return None
        ready = copy(info)
        ready.cls, ready.name = Command, cmd_name
        text = help_of(info.callback)
        ready.help, ready.short_help = _typed_whole(text), text.split("\n\n")[0].replace("\n", " ")
        return get_command_from_info(ready, pretty_exceptions_short=False, rich_markup_mode=None)


class House(Worded, TyperGroup):
    """All nouns; a noun's module is imported when it is named."""

    nouns: dict[str, tuple[str, str]]  # noun -> module, help; `customer form` is a noun under `customer`

    def list_commands(self, ctx: Any) -> list[str]:
        """The nouns in the order people meet them."""
        return [name for name in self.nouns if " " not in name]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import one noun."""
        if cmd_name not in self.nouns:
            return None
        module, text = self.nouns[cmd_name]
        above = f"{cmd_name} "
        under = {name.removeprefix(above): told for name, told in self.nouns.items() if name.startswith(above)}
        return noun(import_module(module).app, cmd_name, _(text), under)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list of nouns, without importing any."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(self.nouns[name][1])) for name in self.list_commands(ctx)])


def house(nouns: dict[str, tuple[str, str]], *, with_completion: bool) -> House:
    """The whole command line; the options for shells are built where they can be needed."""
    root = House(
        name="salesctl",
        help=_("Runs a sales department's written regulations, and cites the clause."),
        params=[_language(), *(_completion_options() if with_completion else [])],
        rich_markup_mode=None,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    root.nouns = nouns
    return root


def _language() -> TyperOption:
    """`--lang` before the noun; the language itself is chosen before any help text is read."""
    text = next(text for name, _flags, _metavar, text in COMMON if name == "lang")
    return TyperOption(param_decls=["--lang"], metavar="LANG", help=_(text), required=False, expose_value=False)


def _completion_options() -> list[Any]:
    from typer.main import get_install_completion_arguments

    install, show = get_install_completion_arguments()
    install.help = _("Install completion for the current shell.")  # type: ignore[attr-defined]
    show.help = _("Show completion for the current shell, to copy or to change.")  # type: ignore[attr-defined]
    return [install, show]


def noun(app: typer.Typer, name: str, text: str, under: dict[str, tuple[str, str]] | None = None) -> Any:
    """A noun's Typer app as a group that builds its verbs on demand; an app of one nameless verb is that verb."""
    infos = {info.name or _verb(info.callback): info for info in app.registered_commands}
    if list(infos) == [name]:
        group = Noun(name=name, rich_markup_mode=None)
        group.infos, group.nouns = infos, {}
        return group.get_command(None, name)
    group = Noun(
        name=name,
        help=text,
        rich_markup_mode=None,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    group.infos, group.nouns = infos, under or {}
    return group


def _verb(callback: Callable[..., Any] | None) -> str:
    return callback.__name__.strip("_").replace("_", "-") if callback else ""
