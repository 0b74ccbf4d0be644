/** What kind of refusal it is; one function per face maps it to a status. Never an HTTP number. */
export type RefusalClass =
  | 'notFound'
  | 'conflict'
  | 'invalidParameter'
  | 'forbidden'
  | 'unavailable'
  | 'notImplemented'
  | 'internal'
  /** Docker answers 304: the container already is what was asked for. */
  | 'notModified';

/**
 * Why a command was not carried out.
 * `message` of family A (Docker's) is byte for byte what the engine says;
 * of family B (ours) it is the problem line, with `fix` beside it.
 * Branch on `code` or `class`, never on `message`.
 */
export type Refusal = {
  readonly class: RefusalClass;
  /** From the refusal catalogue, e.g. `NetworkNotFound`; family B codes begin with `NF`. */
  readonly code: string;
  readonly message: string;
  readonly fix?: string;
  /** Path of the offending field within the command's data, e.g. `['ipam', 0, 'subnet']`. */
  readonly field?: readonly (string | number)[];
  readonly data?: Readonly<Record<string, unknown>>;
};
