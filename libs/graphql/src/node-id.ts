import { failure } from './failure/failure.ts';

/** What an opaque id stands for. `version` is set when the object was seen as of a version. */
export type NodeReference = {
  readonly type: string;
  readonly labId: string;
  readonly version: number | null;
  /** What tells the object apart within its lab. */
  readonly key: readonly (string | number | null)[];
};

const nodeIdMaxLength = 2_048;

/** The id holds the lab, for container ids repeat in forks, and the version under `asOf`. */
export function nodeId({ type, labId, version, key }: NodeReference): string {
  return Buffer.from(JSON.stringify([type, labId, version, ...key])).toString('base64url');
}

/** @throws INVALID_ARGUMENT for anything that `nodeId` has not made */
export function parseNodeId(id: string): NodeReference {
  if (id.length > nodeIdMaxLength) throw invalid();
  const parts = parseJson(Buffer.from(id, 'base64url').toString());
  if (!Array.isArray(parts)) throw invalid();
  const [type, labId, version, ...key] = parts as unknown[];
  if (typeof type !== 'string' || typeof labId !== 'string') throw invalid();
  if (version !== null && !isCount(version)) throw invalid();
  if (!key.every(isKeyPart)) throw invalid();
  return { type, labId, version, key };
}

const invalid = (): Error => failure('INVALID_ARGUMENT', 'this is no id of this server');

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const isKeyPart = (value: unknown): value is string | number | null =>
  value === null || typeof value === 'string' || isCount(value);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid();
  }
}
