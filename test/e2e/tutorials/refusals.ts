import type { ApiExchange } from '@netfold/test-transcripts';

/** What an answer said besides its result: why not, and what it warned of. */
export type Refusal = {
  /** Null: it was carried out. */
  readonly class: string | null;
  readonly message: string;
  readonly warnings: readonly string[];
};

/** What an engine's status means, in GraphQL's words. */
const classes: Readonly<Record<number, string>> = {
  304: 'NOT_MODIFIED',
  400: 'INVALID_PARAMETER',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  500: 'INTERNAL',
  501: 'NOT_IMPLEMENTED',
  503: 'UNAVAILABLE',
};

type Answer = {
  readonly message?: string;
  readonly Warnings?: readonly string[] | null;
  readonly Warning?: string;
};

/** An answer that nothing was modified has no body to say so. */
export const isWithoutBody = ({ class: kind }: Refusal): boolean => kind === 'NOT_MODIFIED';

/** @param plain  takes away what was drawn by lot */
export function refusalRecorded(exchange: ApiExchange, plain: (text: string) => string): Refusal {
  const answer = (exchange.answer ?? {}) as Answer;
  const { Warnings, Warning = '' } = answer;
  return {
    class: exchange.status < 300 ? null : (classes[exchange.status] ?? String(exchange.status)),
    message: plain(answer.message ?? ''),
    warnings: Warnings ?? (Warning === '' ? [] : [Warning]),
  };
}
