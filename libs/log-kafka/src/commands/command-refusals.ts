import { AccessDenied, QuotaExceeded, RateExceeded } from '@netfold/application';
import type { Refusal } from '@netfold/contracts';
import type { MessageInvalid } from '../messages/message-invalid.ts';

/** Refusals of published commands that the log does not remember. */
export const credentialInvalid: Refusal = {
  class: 'forbidden',
  code: 'CredentialInvalid',
  message: 'the command brings no credential that is believed',
  fix: 'publish it with the header `netfold-credential: token <your API token>`',
};

export const wrongPartition = (partition: number, right: number): Refusal => ({
  class: 'invalidParameter',
  code: 'WrongPartition',
  message: `the lab belongs to partition ${right}, and the command was found in ${partition} again`,
  fix: 'publish it into the partition of the lab, without the header `netfold-passed-on`',
  data: { partition, right },
});

export const invalidCommand = ({ message, field }: MessageInvalid): Refusal => ({
  class: 'invalidParameter',
  code: 'InvalidCommand',
  message,
  fix: 'write it as docs/reference/asyncapi.yaml says',
  field,
});

/** @returns `null` for what is no refusal of the guard */
export function guardRefusal(error: unknown): Refusal | null {
  if (error instanceof AccessDenied) {
    const isHidden = error.reason === 'notFound';
    const code = isHidden ? 'LabNotFound' : 'Forbidden';
    return { class: error.reason, code, message: error.message };
  }
  if (error instanceof RateExceeded) {
    const data = { retryAfterMs: error.retryAfterMs };
    return { class: 'unavailable', code: 'RateExceeded', message: error.message, data };
  }
  if (error instanceof QuotaExceeded) {
    const { quota, limit, used, message } = error;
    return { class: 'forbidden', code: 'QuotaExceeded', message, data: { quota, limit, used } };
  }
  return null;
}
