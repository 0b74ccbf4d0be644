import { Kind } from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';

/** The parts of a document that limits are counted over. */
export type DocumentParts = {
  readonly operations: readonly OperationDefinitionNode[];
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
};

export function partsOf(document: DocumentNode): DocumentParts {
  const operations: OperationDefinitionNode[] = [];
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  return { operations, fragments };
}

/** What a selection set holds: its own fields, and the sets that are spread into it. */
export function splitSelections(
  set: SelectionSetNode,
  fragments: DocumentParts['fragments'],
): { readonly fields: readonly FieldNode[]; readonly spread: readonly Spread[] } {
  const fields: FieldNode[] = [];
  const spread: Spread[] = [];
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) fields.push(selection);
    else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const type = selection.typeCondition?.name.value ?? null;
      spread.push({ type, set: selection.selectionSet });
    } else {
      const fragment = fragments.get(selection.name.value);
      if (fragment === undefined) continue;
      spread.push({ type: fragment.typeCondition.name.value, set: fragment.selectionSet });
    }
  }
  return { fields, spread };
}

export type Spread = { readonly type: string | null; readonly set: SelectionSetNode };
