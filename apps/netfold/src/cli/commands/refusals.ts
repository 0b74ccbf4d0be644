import type { CliOutput } from '../cli-command.ts';
import { exitCodes } from '../exit-codes.ts';

export type UserError = {
  readonly code: string;
  readonly message: string;
  readonly fix: string | null;
};

/** The fields of `userErrors` that a refusal is printed from. */
export const userErrorFields = 'userErrors { code message fix }';

/** How a refused command ends: Docker's own words, and the fix where there is one. */
export function refusedOutput(errors: readonly UserError[]): CliOutput {
  const lines = errors.map(({ message, fix }) =>
    fix === null ? `error: ${message}\n` : `error: ${message}\n  fix:   ${fix}\n`,
  );
  return { stdout: '', stderr: lines.join(''), exitCode: exitCodes.refused };
}
