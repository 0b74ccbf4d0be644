/** A map with room for so much weight: what was used longest ago makes place. */
export class RecentlyUsed<K, V> {
  readonly #entries = new Map<K, { readonly value: V; readonly weight: number }>();
  readonly #weightMax: number;
  readonly #weightOf: (value: V) => number;
  readonly #onDrop: (key: K) => void;
  #weight = 0;

  constructor(of: {
    readonly weightMax: number;
    /** 1 for each unless given. */
    readonly weightOf?: (value: V) => number;
    readonly onDrop?: (key: K) => void;
  }) {
    this.#weightMax = of.weightMax;
    this.#weightOf = of.weightOf ?? (() => 1);
    this.#onDrop = of.onDrop ?? (() => {});
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** The entry that was just set stays, however heavy it is. */
  set(key: K, value: V): void {
    this.#remove(key);
    const weight = this.#weightOf(value);
    this.#weight += weight;
    this.#entries.set(key, { value, weight });
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.#weightMax || oldest === key) break;
      this.delete(oldest);
    }
  }

  delete(key: K): void {
    if (this.#remove(key)) this.#onDrop(key);
  }

  clear(): void {
    for (const key of this.#entries.keys()) this.delete(key);
  }

  #remove(key: K): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined) return false;
    this.#weight -= entry.weight;
    return this.#entries.delete(key);
  }
}
