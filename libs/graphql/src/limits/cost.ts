import {
  getNamedType,
  getNullableType,
  getOperationAST,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
} from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  GraphQLCompositeType,
  GraphQLField,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import { isGiven } from '../given.ts';
import { failure } from '../failure/failure.ts';
import { limits } from './limits.ts';
import { partsOf, splitSelections } from './selection.ts';
import type { DocumentParts } from './selection.ts';

export type CostQuestion = {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
};

/**
 * How much a query may at most read, in points: every object costs one point, a connection one
 * and `first` times what an element costs. Introspection reads nothing of a lab and costs none.
 *
 * @throws BAD_PAGE_SIZE where `first` is not from 1 to 200
 */
export function costOf({ schema, document, operationName, variables }: CostQuestion): number {
  const operation = getOperationAST(document, operationName);
  const root = !isGiven(operation) ? null : schema.getRootType(operation.operation);
  if (!isGiven(operation) || !isGiven(root)) return 0;
  const walk: Walk = {
    schema,
    parts: partsOf(document),
    variables: { ...defaultsOf(operation), ...variables },
    known: new Map(),
    elements: new Map(),
  };
  return costOfSet(operation.selectionSet, root, walk);
}

/** @throws QUERY_TOO_EXPENSIVE, BAD_PAGE_SIZE */
export function demandCheap(question: CostQuestion): number {
  const cost = costOf(question);
  if (cost <= limits.cost) return cost;
  const told = Number.isFinite(cost) ? String(cost) : 'too many';
  throw failure(
    'QUERY_TOO_EXPENSIVE',
    `this query costs ${told} points; at most ${limits.cost} are allowed: ask for smaller pages`,
  );
}

type Walk = {
  readonly schema: GraphQLSchema;
  readonly parts: DocumentParts;
  readonly variables: CostQuestion['variables'];
  /** A set costs the same wherever it is spread: counted once. */
  readonly known: Map<SelectionSetNode, number>;
  readonly elements: Map<SelectionSetNode, number>;
};

/** Sizes of pages that the query itself names for variables that are not given. */
function defaultsOf({
  variableDefinitions = [],
}: OperationDefinitionNode): CostQuestion['variables'] {
  const entries = variableDefinitions.map(({ variable, defaultValue }) => [
    variable.name.value,
    defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : undefined,
  ]);
  return Object.fromEntries(entries) as CostQuestion['variables'];
}

function costOfSet(set: SelectionSetNode, type: GraphQLCompositeType, walk: Walk): number {
  const known = walk.known.get(set);
  if (known !== undefined) return known;
  walk.known.set(set, 0);
  const { fields, spread } = splitSelections(set, walk.parts.fragments);
  let cost = 0;
  for (const field of fields) cost += costOfField(field, type, walk);
  for (const one of spread) {
    const narrowed = one.type === null ? type : walk.schema.getType(one.type);
    if (isCompositeType(narrowed)) cost += costOfSet(one.set, narrowed, walk);
  }
  walk.known.set(set, cost);
  return cost;
}

function costOfField(node: FieldNode, parent: GraphQLCompositeType, walk: Walk): number {
  if (node.selectionSet === undefined || node.name.value.startsWith('__')) return 0;
  const field = 'getFields' in parent ? parent.getFields()[node.name.value] : undefined;
  if (field === undefined) return 0;
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return 0;
  const isConnection = isObjectType(type) && type.name.endsWith('Connection');
  if (isConnection) return 1 + pageSizeOf(node, field, walk) * costOfPage(node, type, walk);
  const isList = isListType(getNullableType(field.type));
  const elements = isList ? limits.plainListSize : 1;
  return elements * (1 + costOfSet(node.selectionSet, type, walk));
}

/** What one element costs: `nodes`, `edges` and `edges { node }` speak of the same objects. */
function costOfPage(node: FieldNode, type: GraphQLCompositeType, walk: Walk): number {
  return node.selectionSet === undefined ? 0 : costOfElements(node.selectionSet, type, walk);
}

function costOfElements(set: SelectionSetNode, type: GraphQLCompositeType, walk: Walk): number {
  const known = walk.elements.get(set);
  if (known !== undefined) return known;
  walk.elements.set(set, 0);
  const { fields, spread } = splitSelections(set, walk.parts.fragments);
  let cost = 0;
  for (const field of fields) {
    const name = field.name.value;
    if (field.selectionSet === undefined || name === 'pageInfo' || !('getFields' in type)) continue;
    const found = type.getFields()[name];
    const element = found === undefined ? undefined : getNamedType(found.type);
    if (!isCompositeType(element)) continue;
    const below = costOfSet(field.selectionSet, element, walk);
    cost += name === 'nodes' ? 1 + below : below;
  }
  for (const one of spread) cost += costOfElements(one.set, type, walk);
  walk.elements.set(set, cost);
  return cost;
}

function pageSizeOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  { variables }: Walk,
): number {
  if (!field.args.some(({ name }) => name === 'first')) return limits.plainListSize;
  const value = node.arguments?.find((argument) => argument.name.value === 'first')?.value;
  const first =
    value?.kind === Kind.VARIABLE
      ? variables[value.name.value]
      : value?.kind === Kind.INT && Number(value.value);
  if (typeof first === 'number' && first >= 1 && first <= limits.pageSize) return first;
  throw failure('BAD_PAGE_SIZE', `\`first\` is a number from 1 to ${limits.pageSize}`);
}
