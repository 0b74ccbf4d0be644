import type { EngineCase } from './engine-case.ts';
import { endpointCases } from './endpoint-cases.ts';
import { modeCases } from './mode-cases.ts';
import { nameCases } from './name-cases.ts';
import { portCases } from './port-cases.ts';
import { requestCases } from './request-cases.ts';
import { subnetCases } from './subnet-cases.ts';

/** Everything that a real engine was asked; each group on an engine of its own. */
export const engineCases: Readonly<Record<string, readonly EngineCase[]>> = {
  subnets: subnetCases,
  endpoints: endpointCases,
  names: nameCases,
  ports: portCases,
  modes: modeCases,
  requests: requestCases,
};
