import {
  getNullableType,
  getOperationAST,
  isInputObjectType,
  isListType,
  typeFromAST,
  valueFromASTUntyped,
} from 'graphql';
import type {
  DocumentNode,
  GraphQLInputObjectType,
  GraphQLInputType,
  GraphQLSchema,
} from 'graphql';
import { isGiven } from '../given.ts';

type Variables = Record<string, unknown>;

/**
 * Variables with the defaults of every input field that was left out, at any depth. Compiled
 * queries (graphql-jit) ask for each non-null field, also where the schema has a default for it.
 */
export function withDefaults(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
  variables: Variables,
): Variables {
  const operation = getOperationAST(document, operationName);
  const filled = { ...variables };
  for (const { variable, type } of operation?.variableDefinitions ?? []) {
    const name = variable.name.value;
    const known = typeFromAST(schema, type) as GraphQLInputType | undefined;
    if (known !== undefined && name in filled) filled[name] = fill(known, filled[name]);
  }
  return filled;
}

function fill(of: GraphQLInputType, value: unknown): unknown {
  if (value === null || value === undefined) return value;
  const type = getNullableType(of);
  // One value for a list is a list of one.
  if (isListType(type)) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return items.map((item) => fill(type.ofType, item));
  }
  if (!isInputObjectType(type) || typeof value !== 'object') return value;
  const given = value as Variables;
  const filled: Variables = { ...given };
  for (const field of fieldsOf(type)) {
    const { name } = field;
    if (given[name] === undefined) {
      if (field.standard !== undefined) filled[name] = field.standard;
    } else if (field.isComposed) filled[name] = fill(field.type, given[name]);
  }
  return filled;
}

type InputField = {
  readonly name: string;
  readonly type: GraphQLInputType;
  /** Holds input objects, which have defaults of their own. */
  readonly isComposed: boolean;
  /** `undefined` without one. */
  readonly standard: unknown;
};

/** The schema stays: what its input types are made of is looked up once. */
const knownFields = new WeakMap<GraphQLInputObjectType, readonly InputField[]>();

function fieldsOf(type: GraphQLInputObjectType): readonly InputField[] {
  const known = knownFields.get(type);
  if (known !== undefined) return known;
  const fields = Object.values(type.getFields()).map(({ name, type: of, astNode }) => ({
    name,
    type: of,
    isComposed: isListType(getNullableType(of)) || isInputObjectType(getNullableType(of)),
    standard: isGiven(astNode?.defaultValue)
      ? valueFromASTUntyped(astNode.defaultValue)
      : undefined,
  }));
  knownFields.set(type, fields);
  return fields;
}
