import { Kind, Lexer, OperationTypeNode, Source, TokenKind, visit } from 'graphql';
import type { DocumentNode, GraphQLError, SelectionSetNode } from 'graphql';
import { failure } from '../failure/failure.ts';
import { limits } from './limits.ts';
import { partsOf, splitSelections } from './selection.ts';
import type { DocumentParts } from './selection.ts';

/**
 * Counts tokens before anything is parsed.
 * @throws TOO_MANY_TOKENS, or a syntax error for text that has no tokens
 */
export function demandFewTokens(source: string): void {
  const lexer = new Lexer(new Source(source));
  for (let count = 1; lexer.advance().kind !== TokenKind.EOF; count += 1) {
    if (count > limits.tokens) {
      throw failure('TOO_MANY_TOKENS', `a query has at most ${limits.tokens} tokens`);
    }
  }
}

/**
 * What is wrong with the size and form of a query, whatever the schema; `null` when it is within
 * all limits. Looks at each selection set once, so that fragments cannot multiply the work.
 * The document is valid: fragments make no circle.
 */
export function shapeFailure(document: DocumentNode): GraphQLError | null {
  const parts = partsOf(document);
  return countFailure(document, parts) ?? operationFailure(parts);
}

/** What is counted over the text; done before validation, whose cost grows with it. */
export function countFailure(
  document: DocumentNode,
  { fragments } = partsOf(document),
): GraphQLError | null {
  if (fragments.size > limits.fragments) {
    return failure('TOO_MANY_FRAGMENTS', `a query has at most ${limits.fragments} fragments`);
  }
  let aliases = 0;
  let directives = 0;
  visit(document, {
    Field: (field) => {
      if (field.alias !== undefined) aliases += 1;
      directives = Math.max(directives, field.directives?.length ?? 0);
    },
    FragmentSpread: ({ directives: own = [] }) => {
      directives = Math.max(directives, own.length);
    },
    InlineFragment: ({ directives: own = [] }) => {
      directives = Math.max(directives, own.length);
    },
    OperationDefinition: ({ directives: own = [] }) => {
      directives = Math.max(directives, own.length);
    },
  });
  if (aliases > limits.aliases) {
    return failure('TOO_MANY_ALIASES', `a query has at most ${limits.aliases} aliases`);
  }
  if (directives > limits.directivesPerField) {
    const most = limits.directivesPerField;
    return failure('TOO_MANY_DIRECTIVES', `a field has at most ${most} directives`);
  }
  return null;
}

function operationFailure(parts: DocumentParts): GraphQLError | null {
  const depths = new Map<SelectionSetNode, Depth>();
  for (const { operation, selectionSet } of parts.operations) {
    const rootFields = countFields(selectionSet, parts, new Map());
    if (operation === OperationTypeNode.MUTATION && rootFields > limits.mutations) {
      return failure('TOO_MANY_MUTATIONS', `a request has at most ${limits.mutations} mutations`);
    }
    if (rootFields > limits.rootFields) {
      return failure(
        'TOO_MANY_ROOT_FIELDS',
        `a query has at most ${limits.rootFields} root fields`,
      );
    }
    const { own, introspection } = depthOf(selectionSet, parts, depths);
    if (own > limits.depth) {
      return failure('QUERY_TOO_DEEP', `a query has at most ${limits.depth} levels of objects`);
    }
    if (introspection > limits.introspectionDepth) {
      const most = limits.introspectionDepth;
      return failure('QUERY_TOO_DEEP', `introspection has at most ${most} levels`);
    }
  }
  return null;
}

type Counts = Map<SelectionSetNode, number>;

function countFields(set: SelectionSetNode, parts: DocumentParts, counts: Counts): number {
  const known = counts.get(set);
  if (known !== undefined) return known;
  // Until it is counted: a circle, which validation refuses, would count nothing.
  counts.set(set, 0);
  const { fields, spread } = splitSelections(set, parts.fragments);
  const inside = spread.map((one) => countFields(one.set, parts, counts));
  const count = fields.length + inside.reduce((sum, one) => sum + one, 0);
  counts.set(set, count);
  return count;
}

type Depth = { readonly own: number; readonly introspection: number };
const flat: Depth = { own: 0, introspection: 0 };

const deeper = (a: Depth, b: Depth): Depth => ({
  own: Math.max(a.own, b.own),
  introspection: Math.max(a.introspection, b.introspection),
});

/** Levels of objects in a selection set; those below `__schema` and `__type` count apart. */
function depthOf(
  set: SelectionSetNode,
  parts: DocumentParts,
  depths: Map<SelectionSetNode, Depth>,
): Depth {
  const known = depths.get(set);
  if (known !== undefined) return known;
  depths.set(set, flat);
  const { fields, spread } = splitSelections(set, parts.fragments);
  let depth = flat;
  for (const one of spread) depth = deeper(depth, depthOf(one.set, parts, depths));
  for (const field of fields) {
    if (field.kind !== Kind.FIELD || field.selectionSet === undefined) continue;
    const below = depthOf(field.selectionSet, parts, depths);
    const isIntrospection = field.name.value.startsWith('__');
    depth = deeper(
      depth,
      isIntrospection ? { own: 0, introspection: below.own + 1 } : { ...below, own: below.own + 1 },
    );
  }
  depths.set(set, depth);
  return depth;
}
