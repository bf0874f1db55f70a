"""Commands that speak the reader's language: usage, help and complaints about arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click
from click.shell_completion import CompletionItem

from giliran.cli.blanks import blank
from giliran.cli.completing import beginning
from giliran.cli.output import answer
from giliran.errors import InputError, Problem, Where
from giliran.messages import Lang, Said, Sentence, meant

_USAGE = Sentence(en="Usage: ", id="Pemakaian: ")
_ARGUMENTS = Sentence(en="Arguments", id="Argumen")
_OPTIONS = Sentence(en="Options", id="Pilihan")
_OPTIONS_PLACE = Sentence(en="[OPTIONS]", id="[PILIHAN]")
_COMMANDS = Sentence(en="Commands", id="Perintah")
_REQUIRED = Sentence(en="[required]", id="[wajib diisi]")
"""What click writes behind an option that must be given, in each language."""

_HELP = Sentence(en="Show this page.", id="Tampilkan halaman ini.")
_NO_COMMAND = Sentence(en="there is no command '{name}'", id="tidak ada perintah '{name}'")
_NO_OPTION = Sentence(en="there is no option {name} here", id="tidak ada pilihan {name} di sini")
_SEE_HELP = Sentence(en="See {command} --help.", id="Lihat {command} --help.")
_MISSING = Sentence(en="{name} is missing", id="{name} belum diisi")
_EXTRA = Sentence(en="'{word}' was not expected here", id="'{word}' tidak diperlukan di sini")
_VALUE = Sentence(en="the option {name} takes one value", id="pilihan {name} memerlukan satu nilai")
_NO_VALUE = Sentence(en="the option {name} takes no value", id="pilihan {name} tidak memerlukan nilai")
_OTHER = Sentence(en="these arguments cannot be used", id="argumen ini tidak dapat dipakai")


class Speaking(click.Command):
    """A command whose help is in one language, and which lists its arguments with their meaning.

    Parameters
    ----------
    lang
        Language of the help.
    arguments
        Name and meaning of each argument.
    """

    def __init__(self, *args: Any, lang: Lang, arguments: Sequence[tuple[str, Said]] = (), **kwargs: Any) -> None:
        kwargs["context_settings"] = {"max_content_width": 100, "help_option_names": ["--help", "-h"], "allow_extra_args": True}
        kwargs.setdefault("options_metavar", _OPTIONS_PLACE().text(lang))
        super().__init__(*args, **kwargs)
        self.lang = lang
        self.arguments = tuple((blank(name, lang), said) for name, said in arguments)
        for parameter in self.params:
            words = parameter.metavar or (parameter.type.name if isinstance(parameter.type, Read) else None)
            parameter.metavar = words and blank(words, lang)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=_USAGE().text(self.lang))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Arguments, then options."""
        if self.arguments:
            with formatter.section(_ARGUMENTS().text(self.lang)):
                formatter.write_dl([(name, said.text(self.lang)) for name, said in self.arguments])
        options = [parameter for parameter in self.get_params(ctx) if isinstance(parameter, click.Option)]
        records = [record for parameter in options if (record := parameter.get_help_record(ctx)) is not None]
        if records:
            required = _REQUIRED()
            with formatter.section(_OPTIONS().text(self.lang)):
                formatter.write_dl([(name, text.replace(required.text("en"), required.text(self.lang))) for name, text in records])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The words after the command's name, each of which must have a meaning."""
        try:
            rest = super().parse_args(ctx, args)
        except click.BadOptionUsage as error:
            error.ctx = error.ctx or ctx  # which command's option it is, click leaves out here
            raise
        if ctx.args and not isinstance(self, click.Group):
            raise InputError([Problem(Where(), _EXTRA(word=ctx.args[0]), _SEE_HELP(command=ctx.command_path))])
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP().text(self.lang)
            option.callback = _show_help
        return option


class SpeakingGroup(Speaking, click.Group):
    """A group of commands that answers unknown ones with the nearest known one.

    Attributes
    ----------
    aliases
        Other names of commands, which the list of commands leaves out.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.aliases: dict[str, str] = {}

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then commands in the order in which they were added."""
        super().format_options(ctx, formatter)
        with formatter.section(_COMMANDS().text(self.lang)):
            formatter.write_dl([(name, command.get_short_help_str(limit=90)) for name, command in self.commands.items()])

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order in which they were added."""
        return list(self.commands)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands by all their names, and options."""
        return [*super().shell_complete(ctx, incomplete), *(beginning(self.aliases, incomplete) if incomplete else ())]

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names."""
        args = [self.aliases.get(args[0], args[0]), *args[1:]] if args else args
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            advice = meant(args[0], [*self.commands, *self.aliases]) or _SEE_HELP(command=ctx.command_path)
            raise InputError([Problem(Where(), _NO_COMMAND(name=args[0]), advice)])
        return super().resolve_command(ctx, args)


class Read(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.5 on, and only then
    """A value read by a function that raises `InputError` or `TextError` when it cannot.

    Parameters
    ----------
    name
        What stands for the value in the usage line.
    read
        Reads the text.
    words
        What a shell may complete it to; nothing where anything may stand.
    """

    def __init__(self, name: str, read: Callable[[str], Any], words: Iterable[str] = ()) -> None:
        self.name = name
        self._read = read
        self._words = tuple(words)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The words that begin as what is typed."""
        return beginning(self._words, incomplete)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The value, or one problem that names the option."""
        from giliran.text import TextError

        if not isinstance(value, str):
            return value
        try:
            return self._read(value)
        except TextError as error:
            raise InputError([error.problem(Where(field=param.opts[-1] if param else ""))]) from None

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """The name, as it stands in the usage line."""
        return self.name


def _show_help(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        answer(ctx.get_help())
        ctx.exit()


def _is_flag(error: click.BadOptionUsage) -> bool:
    """Whether the option of a complaint is one without a value."""
    options = [each for each in error.ctx.command.get_params(error.ctx) if isinstance(each, click.Option)] if error.ctx else []
    return any(error.option_name in each.opts and each.is_flag for each in options)


def explained(error: click.UsageError) -> InputError:
    """A complaint of the parser as a problem in both languages."""
    advice: Said | None = _SEE_HELP(command=error.ctx.command_path) if error.ctx else None
    if isinstance(error, click.NoSuchOption):
        said = _NO_OPTION(name=error.option_name)
        advice = meant(error.option_name, error.possibilities or ()) or advice
    elif isinstance(error, click.MissingParameter) and error.param is not None:
        option = isinstance(error.param, click.Option)
        said = _MISSING(name=error.param.opts[-1] if option else (error.param.metavar or error.param.human_readable_name))
    elif isinstance(error, click.BadOptionUsage):
        said = (_NO_VALUE if _is_flag(error) else _VALUE)(name=error.option_name)
    else:
        said = _OTHER()
    return InputError([Problem(Where(), said, advice)])
