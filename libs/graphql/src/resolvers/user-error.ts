import { AccessDenied, QuotaExceeded } from '@netfold/application';
import type { Refusal, RefusalClass } from '@netfold/contracts';
import type { z } from 'zod';

/** Why something that was asked for was not done. */
export type UserError = {
  readonly code: string;
  readonly class: RefusalClass;
  readonly message: string;
  readonly field: readonly string[] | null;
  readonly fix: string | null;
};

export const userErrorOf = (refusal: Refusal): UserError => ({
  code: refusal.code,
  class: refusal.class,
  message: refusal.message,
  field: fieldOf(refusal),
  fix: refusal.fix ?? null,
});

/** Within the input; of a batch, within the command that was refused. */
function fieldOf({ field, data }: Refusal): readonly string[] | null {
  const index = data?.['batchIndex'];
  const place = typeof index === 'number' ? ['commands', String(index)] : [];
  const path = [...place, ...(field ?? []).map(String)];
  return path.length === 0 ? null : ['input', ...path];
}

/** At most so many problems of one input are told. */
const userErrorsMax = 20;

export const userErrorsOfInput = (error: z.ZodError): readonly UserError[] =>
  error.issues.slice(0, userErrorsMax).map((issue) => ({
    code: codeOfIssue(issue),
    class: 'invalidParameter',
    message: issue.message,
    field: ['input', ...issue.path.map(String)],
    fix: null,
  }));

function codeOfIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom' && typeof issue.params?.['code'] === 'string') {
    return issue.params['code'];
  }
  if (issue.code !== 'too_big') return 'INVALID_INPUT';
  return issue.path.length === 1 && issue.path[0] === 'commands' ? 'BATCH_TOO_LARGE' : 'TOO_MANY';
}

/** What the way to the writer says about the user's request; `null` for other faults. */
export function userErrorOfFault(fault: unknown, lab: string): UserError | null {
  if (fault instanceof AccessDenied) {
    return fault.reason === 'notFound' ? labNotFound(lab) : forbidden;
  }
  if (!(fault instanceof QuotaExceeded)) return null;
  return {
    code: 'QUOTA_EXCEEDED',
    class: 'forbidden',
    message: fault.message,
    field: null,
    fix: 'remove what is no longer needed, or ask an operator for more',
  };
}

/** Equal for a lab that is not there and one that is not yours. */
export const labNotFound = (lab: string): UserError => ({
  code: 'LAB_NOT_FOUND',
  class: 'notFound',
  message: `there is no lab \`${lab}\``,
  field: ['input', 'lab'],
  fix: 'list the labs with `netfold lab ls`',
});

export const forbidden: UserError = {
  code: 'FORBIDDEN',
  class: 'forbidden',
  message: 'this needs a right that you do not have',
  field: null,
  fix: 'ask the owner of the lab, or your instructor',
};
