import { MessageInvalid } from './message-invalid.ts';

/** Deeper than any message; what is nested more deeply would end the stack of who walks it. */
const depthMax = 64;

/**
 * JSON of another program: UTF-8, not too deep, and only text that PostgreSQL can store.
 *
 * @throws MessageInvalid
 */
export function checkedJson(bytes: Uint8Array): unknown {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new MessageInvalid('the record holds no JSON', { cause });
  }
  let level: readonly unknown[] = [json];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > depthMax) throw new MessageInvalid(`the JSON is nested deeper than ${depthMax}`);
    level = level.flatMap(partsOf);
  }
  return json;
}

function partsOf(value: unknown): readonly unknown[] {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) {
      throw new MessageInvalid('a text holds a NUL or half a surrogate pair');
    }
    return [];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value;
  return [...Object.keys(value), ...Object.values(value)];
}
