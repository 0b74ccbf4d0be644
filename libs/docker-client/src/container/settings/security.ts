import type { CommandCall } from '../../command/command.ts';
import { ClientError } from '../../command/client-error.ts';

type Security = {
  readonly SecurityOpt: readonly string[] | null;
  readonly MaskedPaths: readonly string[] | null;
  readonly ReadonlyPaths: readonly string[] | null;
};

/**
 * What `--security-opt` asks for; a seccomp profile is read here and sent whole.
 *
 * @throws ClientError
 * @source docker/cli v20.10 cli/command/container/opts.go parseSecurityOpts, parseSystemPaths
 */
export const securityOf = ({ flags, readFile }: CommandCall): Security => {
  const given = flags.list('security-opt').map((one) => optionOf(one, readFile));
  const kept = given.filter((one) => one !== 'systempaths=unconfined');
  const paths = kept.length < given.length ? [] : null;
  return {
    SecurityOpt: given.length === 0 ? null : kept,
    MaskedPaths: paths,
    ReadonlyPaths: paths,
  };
};

const optionOf = (text: string, readFile: CommandCall['readFile']): string => {
  const [, name = text, value] = /^([^=]*)=(.*)$/s.exec(text) ?? /^([^:]*):(.*)$/s.exec(text) ?? [];
  if (value === undefined && name !== 'no-new-privileges') {
    throw new ClientError(`Invalid --security-opt: ${JSON.stringify(text)}`);
  }
  if (name !== 'seccomp' || value === undefined || value === 'unconfined') return text;
  return `seccomp=${compactProfile(value, readFile(value))}`;
};

const compactProfile = (file: string, text: string | null): string => {
  if (text === null) {
    const cause = `open ${file}: no such file or directory`;
    throw new ClientError(`opening seccomp profile (${file}) failed: ${cause}`);
  }
  if (!isJson(text)) {
    // The genuine text names the letter at fault, which the reader of JSON here does not tell.
    const cause = 'netfold: it holds no JSON';
    throw new ClientError(`compacting json for seccomp profile (${file}) failed: ${cause}`);
  }
  return text.replaceAll(/("(?:\\.|[^"\\])*")|\s+/g, '$1');
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
