import {
  getNullableType,
  getOperationAST,
  isInputObjectType,
  isListType,
  typeFromAST,
  valueFromASTUntyped,
} from 'graphql';
import type { DocumentNode, GraphQLInputType, GraphQLSchema } from 'graphql';

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
  for (const [name, field] of Object.entries(type.getFields())) {
    if (given[name] !== undefined) filled[name] = fill(field.type, given[name]);
    else if (field.astNode?.defaultValue !== undefined) {
      filled[name] = valueFromASTUntyped(field.astNode.defaultValue);
    }
  }
  return filled;
}
