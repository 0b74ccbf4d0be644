import type { LogRecord, StoredRecord } from '../transport.ts';

/**
 * One partition in memory. As behind a real broker, offsets have gaps: here one after each batch,
 * where a transaction would leave its marker.
 */
export class InProcessPartition {
  #records: StoredRecord[] = [];
  #low = 0n;
  #high = 0n;
  #rewinds = 0;

  get low(): bigint {
    return this.#low;
  }

  get high(): bigint {
    return this.#high;
  }

  /** How often it was put back; who wrote before that has lost the thread. */
  get rewinds(): number {
    return this.#rewinds;
  }

  /** @returns the offset of the first record */
  append(records: readonly LogRecord[], timestamp: number): bigint {
    const base = this.#high;
    for (const [index, record] of records.entries()) {
      const offset = base + BigInt(index);
      this.#records.push({ ...copyOf(record), offset, timestamp });
    }
    this.#high = base + BigInt(records.length) + 1n;
    return base;
  }

  /** Forgets records, as retention does. */
  expire(below: bigint): void {
    this.#records = this.#records.filter(({ offset }) => offset >= below);
    this.#low = below;
  }

  /** Goes back to an offset, as a disk does that is restored from a copy. */
  rewind(to: bigint): void {
    this.#records = this.#records.filter(({ offset }) => offset < to);
    this.#high = to;
    this.#rewinds += 1;
  }

  /** Records from `next` on; from the oldest one when `next` lies outside of what is kept. */
  read(next: bigint, recordsMax: number): readonly StoredRecord[] {
    const isKept = next >= this.#low && next <= this.#high;
    const from = this.#indexOf(isKept ? next : this.#low);
    return this.#records
      .slice(from, from + recordsMax)
      .map((record) => ({ ...record, ...copyOf(record) }));
  }

  /** Index of the first record at or above an offset. */
  #indexOf(offset: bigint): number {
    let low = 0;
    let high = this.#records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const record = this.#records[middle];
      if (record !== undefined && record.offset < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function copyOf({ key, value, headers }: LogRecord): LogRecord {
  return { key, value: value.slice(), headers: { ...headers } };
}
