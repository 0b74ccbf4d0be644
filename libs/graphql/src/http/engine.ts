import type { Actor } from '@netfold/application';
import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';
import { withDefaults } from '../input/variable-defaults.ts';
import { countFailure, demandFewTokens, shapeFailure } from '../limits/shape.ts';
import type { RequestContext } from '../request/request-context.ts';
import type { Admission } from './admission.ts';

/** What runs a query: mercurius, as far as we use it. */
export type Engine = {
  readonly schema: GraphQLSchema;
  (
    source: string,
    context: object,
    variables: Record<string, unknown>,
    operationName?: string,
  ): Promise<ExecutionResult>;
  addHook: (name: string, hook: unknown) => void;
};

/** What our hooks find in the context of a request. */
type EngineContext = {
  readonly request: RequestContext;
  readonly operationName: string | null;
};

/** Sources that were within the count of tokens: counted once, as long as they are remembered. */
const countedMax = 1_000;

/** Puts the limits in the way of every query, each as early as it can be judged. */
export function guardEngine(engine: Engine, admission: Admission): void {
  const counted = new Set<string>();
  engine.addHook('preParsing', async (_: GraphQLSchema, source: string) => {
    if (counted.has(source)) return;
    demandFewTokens(source);
    if (counted.size >= countedMax) counted.clear();
    counted.add(source);
  });
  engine.addHook('preValidation', async (_: GraphQLSchema, document: DocumentNode) => {
    const found = countFailure(document) ?? shapeFailure(document);
    if (found !== null) throw found;
  });
  engine.addHook(
    'preExecution',
    async (
      schema: GraphQLSchema,
      document: DocumentNode,
      { request, operationName }: EngineContext,
      variables: Record<string, unknown>,
    ) => {
      const { actor }: { readonly actor: Actor } = request;
      admission.admit(actor, { schema, document, operationName, variables });
      return { variables: withDefaults(schema, document, operationName, variables) };
    },
  );
}
