import { GraphQLError, GraphQLScalarType } from 'graphql';
import { Kind, valueFromASTUntyped } from 'graphql';
import type { ValueNode } from 'graphql';

/** Output scalars: the core has made their text; they are checked only where they come in. */
const textScalar = (name: string): GraphQLScalarType<string, string> =>
  new GraphQLScalarType({ name, serialize: String });

/** RFC 3339 in UTC, years 0000 to 9999; `Date` would take much else. */
const dateTimePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

function parseDateTime(value: unknown): number {
  if (typeof value !== 'string' || !dateTimePattern.test(value)) {
    throw new GraphQLError('DateTime expects RFC 3339, such as `2026-01-31T12:00:00.000Z`');
  }
  const instant = Date.parse(value);
  if (!Number.isFinite(instant)) throw new GraphQLError('DateTime expects a day that exists');
  return instant;
}

/** Milliseconds since the epoch inside, RFC 3339 outside. */
const dateTime = new GraphQLScalarType<number, string>({
  name: 'DateTime',
  serialize: (value) => new Date(Number(value)).toISOString(),
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(node.kind === Kind.STRING ? node.value : null),
});

function parseCount(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new GraphQLError('expects a whole number from 0 to 9007199254740991');
  }
  return value;
}

/** Larger than `Int` can be: GraphQL's own ends at 2^31. */
const countScalar = (name: string): GraphQLScalarType<number, number> =>
  new GraphQLScalarType({
    name,
    serialize: Number,
    parseValue: parseCount,
    parseLiteral: (node) => parseCount(node.kind === Kind.INT ? Number(node.value) : null),
  });

const json = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node: ValueNode, variables) => valueFromASTUntyped(node, variables),
});

export const scalars = {
  IPv4: textScalar('IPv4'),
  IPv6: textScalar('IPv6'),
  IPAddress: textScalar('IPAddress'),
  CIDR: textScalar('CIDR'),
  MAC: textScalar('MAC'),
  DateTime: dateTime,
  LogPosition: countScalar('LogPosition'),
  LabVersion: countScalar('LabVersion'),
  JSON: json,
};
