import { RecentlyUsed } from '@netfold/application';
import type { CommandId, TenantId } from '@netfold/contracts';

/** Commands whose trace is remembered until they are relayed; about 200 bytes each. */
const tracesMax = 50_000;

/**
 * The trace contexts of commands that this process has taken. The log does not hold them: a commit
 * that another process decided is relayed without.
 */
export class TraceMemory {
  readonly #traces = new RecentlyUsed<string, string>({ weightMax: tracesMax });

  remember(tenantId: TenantId, commandId: CommandId, traceparent: string | null): void {
    if (traceparent !== null) this.#traces.set(keyOf(tenantId, commandId), traceparent);
  }

  find(tenantId: TenantId, commandId: CommandId): string | null {
    return this.#traces.get(keyOf(tenantId, commandId)) ?? null;
  }
}

const keyOf = (tenantId: TenantId, commandId: CommandId): string => `${tenantId} ${commandId}`;
