import { NetfoldProblem } from '@netfold/configuration';
import { printed } from '../cli-command.ts';
import type { CliCommand, CliInput, CliOutput } from '../cli-command.ts';
import { commonOptions } from '../common-options.ts';

type Commands = readonly CliCommand[];

/** `netfold completion SHELL`: a script that completes commands, second words and options. */
export const completionOf =
  (commands: Commands) =>
  ({ positionals }: CliInput): Promise<CliOutput> => {
    const shell = positionals[0] ?? '';
    const script = scripts[shell];
    if (script === undefined) {
      throw new NetfoldProblem({
        code: 'NF1004',
        problem: `there is no completion for the shell \`${shell}\``,
        cause: 'completions exist for bash, zsh and fish',
        fix: 'name one of these',
      });
    }
    return Promise.resolve(printed(script(commands)));
  };

const scripts: Readonly<Record<string, (commands: Commands) => string>> = { bash, zsh, fish };

const firstWords = (commands: Commands): readonly string[] => [
  ...new Set(commands.map(({ name }) => name.split(' ')[0] ?? '')),
];

const secondWords = (commands: Commands, first: string): readonly string[] =>
  commands
    .filter(({ name }) => name.startsWith(`${first} `))
    .map(({ name }) => name.split(' ')[1] ?? '');

const flags = ({ options }: CliCommand): readonly string[] =>
  Object.keys({ ...options, ...commonOptions }).map((name) => `--${name}`);

function bash(commands: Commands): string {
  const seconds = firstWords(commands)
    .filter((word) => secondWords(commands, word).length > 0)
    .map((word) => `    ${word}) words="${secondWords(commands, word).join(' ')}";;`);
  const options = commands.map(
    (command) => `    "${command.name}"|"${command.name} "*) words="${flags(command).join(' ')}";;`,
  );
  return [
    '_netfold() {',
    '  local cur="${COMP_WORDS[COMP_CWORD]}" line="${COMP_WORDS[*]:1}" words=""',
    '  case "${COMP_WORDS[1]}" in',
    ...seconds,
    '  esac',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    words="${firstWords(commands).join(' ')}"`,
    '  elif [ "$COMP_CWORD" -gt 2 ] || [ "${cur:0:1}" = - ]; then',
    '    case "$line" in',
    ...options,
    '    esac',
    '  fi',
    '  COMPREPLY=($(compgen -W "$words" -- "$cur"))',
    '}',
    'complete -F _netfold netfold',
    '',
  ].join('\n');
}

/** zsh runs bash completions after its own adapter is loaded. */
function zsh(commands: Commands): string {
  return `#compdef netfold\nautoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`;
}

function fish(commands: Commands): string {
  const lines = commands.flatMap((command) => {
    const [first = '', second] = command.name.split(' ');
    const seen = `__fish_seen_subcommand_from ${first}`;
    const summary = command.summary.replaceAll("'", '’');
    const word =
      second === undefined
        ? `complete -c netfold -n __fish_use_subcommand -a ${first} -d '${summary}'`
        : `complete -c netfold -n '${seen}' -a ${second} -d '${summary}'`;
    return [
      word,
      ...flags(command).map((flag) => `complete -c netfold -n '${seen}' -l ${flag.slice(2)}`),
    ];
  });
  const groups = firstWords(commands).filter((word) => secondWords(commands, word).length > 0);
  return [
    'complete -c netfold -f',
    ...groups.map((word) => `complete -c netfold -n __fish_use_subcommand -a ${word}`),
    ...new Set(lines),
    '',
  ].join('\n');
}
