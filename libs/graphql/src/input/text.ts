import { z } from 'zod';

/** Longest texts taken, in UTF-8 bytes. The body of a request is bounded besides. */
export const textLimits = {
  name: 1_024,
  address: 256,
  alias: 253,
  token: 1_024,
  text: 65_536,
  commandId: 128,
} as const;

/** Longest lists taken. */
export const listLimits = {
  batch: 1_000,
  labels: 1_000,
  arguments: 1_000,
  pools: 16,
  aliases: 64,
  ports: 2_000,
  addresses: 256,
  filterValues: 100,
  hosts: 128,
  nics: 16,
  images: 1_000,
} as const;

const bytesOf = (value: string): number => Buffer.byteLength(value);

/**
 * Text that PostgreSQL and UTF-8 can hold, no longer than so many bytes. Anything else
 * in it, control characters and markup included, is data and stays as it is.
 */
export const text = (maxBytes: number) =>
  z.string().superRefine((value, context) => {
    if (value.includes('\u0000') || !value.isWellFormed()) {
      context.addIssue({ code: 'custom', params: { code: 'INVALID_TEXT' }, message: invalidText });
    }
    if (bytesOf(value) > maxBytes) {
      const message = `this text is longer than ${maxBytes} bytes`;
      context.addIssue({ code: 'custom', params: { code: 'TEXT_TOO_LONG' }, message });
    }
  });

const invalidText = 'this text holds a NUL or half a surrogate pair';

export const list = <T extends z.ZodType>(element: T, maxLength: number) =>
  z.array(element).max(maxLength, { error: `this list has more than ${maxLength} entries` });

/** 1 to 128 printable ASCII characters without blanks. */
export const commandId = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/, { error: 'a command id is 1 to 128 printable ASCII characters' });

/** Maps may have keys such as `__proto__`: `fromEntries` defines them as plain data. */
export const map = z
  .array(z.object({ name: text(textLimits.name), value: text(textLimits.text) }))
  .max(listLimits.labels, { error: `this map has more than ${listLimits.labels} entries` })
  .transform((entries): Readonly<Record<string, string>> =>
    Object.fromEntries(entries.map(({ name, value }) => [name, value])),
  );

export const filters = z
  .array(
    z.object({
      name: text(textLimits.name),
      values: list(text(textLimits.name), listLimits.filterValues),
    }),
  )
  .max(listLimits.labels)
  .transform((entries): Readonly<Record<string, readonly string[]>> =>
    Object.fromEntries(entries.map(({ name, values }) => [name, values])),
  );

export const name = text(textLimits.name);
export const address = text(textLimits.address);
export const words = (maxLength: number = listLimits.arguments) =>
  list(text(textLimits.text), maxLength);
