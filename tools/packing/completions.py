"""What bash, zsh and fish offer to complete."""

from __future__ import annotations

from tools.packing.commands import FILE_OPTIONS, FOLDER_OPTIONS, Command, Option, every

PRACTICES = "calmtray list 2>/dev/null | cut -d \\  -f 1"
"""The ids of all practices, one's own among them: asked for when somebody presses Tab."""


def bash(program: Command) -> str:
    """For bash, whose own completion of files serves where a file is wanted."""
    cases = "\n".join(_bash_case(command) for command in reversed(list(every(program))))
    options = {name: option for command in every(program) for option in command.options for name in option.names}
    taking = " ".join(name for name, option in options.items() if option.takes)
    values = "\n".join(_bash_values(name, option) for name, option in options.items() if option.takes)
    return f"""# Completion of calmtray for bash. Made from its command line.
_calmtray() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} said="" value="" word
    COMPREPLY=()
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        if [[ $value ]]; then value=""
        elif [[ $word != -* ]]; then said="$said$word "
        elif [[ " {taking} " == *" $word "* ]]; then value=1
        fi
    done
    case $previous in
{values}
    esac
    case $said in
{cases}
    esac
}}
complete -o filenames -F _calmtray calmtray
"""


def _bash_case(command: Command) -> str:
    words = " ".join([*(one.words[-1] for one in command.below), *command.takes_words, *_names(command)])
    pattern = f'"{" ".join(command.words)} "*' if command.words else "*"
    more = f" $({PRACTICES})" if command.takes_practices else ""
    files = '; COMPREPLY+=($(compgen -f -- "$current"))' if command.takes_files else ""
    return f'        {pattern}) COMPREPLY=($(compgen -W "{words}{more}" -- "$current")){files} ;;'


def _bash_values(name: str, option: Option) -> str:
    if name in FOLDER_OPTIONS:
        offered = "-d"
    elif name in FILE_OPTIONS:
        offered = "-f"
    else:
        offered = f'-W "{" ".join(option.choices)}"'
    return f'        {name}) COMPREPLY=($(compgen {offered} -- "$current")); return ;;'


def zsh(program: Command) -> str:
    """For zsh."""
    described = "\n".join(f"        {_quoted(f'{one.words[-1]}:{one.help}')}" for one in program.below)
    cases = "\n".join(_zsh_case(one) for one in program.below)
    return f"""#compdef calmtray
# Completion of calmtray for zsh. Made from its command line.
_calmtray_practices() {{
    local -a practices
    practices=(${{(f)"$({PRACTICES})"}})
    compadd -a practices
}}
_calmtray() {{
    local -a commands
    commands=(
{described}
    )
    _arguments -C \\
{_zsh_options(program)}
        '1: :{{_describe command commands}}' '*:: :->rest'
    [[ $state == rest ]] || return
    case $words[1] in
{cases}
    esac
}}
_calmtray "$@"
"""


def _zsh_case(command: Command) -> str:
    if command.below:
        words = " ".join(one.words[-1] for one in command.below)
        rest = f"'1:command:({words})' '*:: :->below'"
        below = "\n".join(f"                {one.words[-1]}) _arguments {_zsh_rest(one)} ;;" for one in command.below)
        rest += f"\n            [[ $state == below ]] && case $words[1] in\n{below}\n            esac"
    else:
        rest = _zsh_rest(command)
    return f"        {command.words[-1]}) _arguments \\\n{_zsh_options(command)}\n            {rest} ;;"


def _zsh_rest(command: Command) -> str:
    if command.takes_practices:
        return "'*:practice:_calmtray_practices'"
    if command.takes_words:
        return f"'1:word:({' '.join(command.takes_words)})' '*: :'"
    return "'*:file:_files'" if command.takes_files else "'*: :'"


def _zsh_options(command: Command) -> str:
    return "\n".join(
        f"            {_zsh_option(name, option)} \\" for option in command.options for name in option.names
    )


def _zsh_option(name: str, option: Option) -> str:
    said = option.help.replace("[", "").replace("]", "").replace(":", " ")
    if not option.takes:
        return _quoted(f"{name}[{said}]")
    files = name in (*FILE_OPTIONS, *FOLDER_OPTIONS)
    values = f"({' '.join(option.choices)})" if option.choices else "_files" if files else " "
    return _quoted(f"{name}=[{said}]:{option.takes}:{values}")


def fish(program: Command) -> str:
    """For fish."""
    lines = ["# Completion of calmtray for fish. Made from its command line.", "complete -c calmtray -f"]
    for command in every(program):
        seen = " ".join(command.words[-1:])
        when = f"__fish_seen_subcommand_from {seen}" if seen else "__fish_use_subcommand"
        lines += [
            f"complete -c calmtray -n {_quoted(when)} -a {one.words[-1]} -d {_quoted(one.help)}"
            for one in command.below
        ]
        if command.takes_practices:
            lines.append(f"complete -c calmtray -n {_quoted(when)} -a {_quoted(f'({PRACTICES})')}")
        elif command.takes_words:
            words = " ".join(command.takes_words)
            lines.append(f"complete -c calmtray -n {_quoted(when)} -a {_quoted(words)}")
        elif command.takes_files:
            lines.append(f"complete -c calmtray -n {_quoted(when)} -F")
        lines += [f"complete -c calmtray -n {_quoted(when)} {_fish_option(option)}" for option in command.options]
    return "\n".join(lines) + "\n"


def _fish_option(option: Option) -> str:
    names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
    values = ""
    if option.choices:
        values = f" -x -a {_quoted(' '.join(option.choices))}"
    elif option.takes:
        values = " -r -F" if option.names[-1] in (*FILE_OPTIONS, *FOLDER_OPTIONS) else " -x"
    return f"{names} -d {_quoted(option.help)}{values}"


def _names(command: Command) -> list[str]:
    return [name for option in command.options for name in option.names]


def _quoted(text: str) -> str:
    """As one word of a shell."""
    return "'" + text.replace("'", "’") + "'"
