/** An event as its bytes say, of whatever version. */
export type StoredEvent = {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/**
 * From one stored version to the next. Pure; old bytes are never rewritten.
 * One fact may become several, or none when it has lost its meaning.
 */
export type UpcastingStep = {
  /** The version it reads; it answers events of `from + 1`. */
  readonly from: number;
  upcast(event: StoredEvent): readonly StoredEvent[];
};
