import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(import.meta.dirname, '../../recordings/client-requests.jsonl');

export type RecordedRequest = {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

export type RecordedCommand = {
  readonly client: string;
  readonly command: string;
  readonly requests: readonly RecordedRequest[];
};

/** What the genuine clients sent for one command after the other. */
export const recordedCommands: readonly RecordedCommand[] = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as RecordedCommand);

const longId = /\b(?:[0-9a-f]{64}|[0-9a-z]{24,25})\b/g;

/**
 * Ids that an engine made up stand in later requests. The first mention of one that nobody gave
 * stands for the id that our own engine gave last.
 */
export class Ids {
  readonly #known = new Map<string, string>();
  #last = '';

  learn(id: string): void {
    this.#last = id;
  }

  /** The address for an engine of another version, with the ids that our own engine gave. */
  translated(url: string, version: string): string {
    return url
      .replace(/^\/v[\d.]+/, `/v${version}`)
      .replaceAll('hub.example', 'docker.io')
      .replaceAll(longId, (id) => {
        const known = this.#known.get(id) ?? this.#last;
        this.#known.set(id, known);
        return known;
      });
  }
}
