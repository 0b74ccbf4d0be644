import type { Resources } from '@netfold/contracts';
import type { Call } from '../engine/call.ts';
import { childOf, member, numberOf, objectOf, textOf } from '../http/fields.ts';
import type { JsonObject } from '../http/fields.ts';
import { goInt, goString, goStruct } from '../http/go-type.ts';
import type { GoType } from '../http/go-type.ts';
import type { BodyForm } from '../http/json-body.ts';
import { sendJson } from '../http/reply.ts';
import { readJson } from '../http/request.ts';

const long: GoType = { ...goInt, name: 'int64' };

/** Limits that an update can change. */
const limitTypes: Readonly<Record<string, GoType>> = {
  CpuShares: long,
  Memory: long,
  NanoCpus: long,
  BlkioWeight: { ...goInt, name: 'uint16' },
  CpuPeriod: long,
  CpuQuota: long,
  CpuRealtimePeriod: long,
  CpuRealtimeRuntime: long,
  CpusetCpus: goString,
  CpusetMems: goString,
  KernelMemory: long,
  MemoryReservation: long,
  MemorySwap: long,
  PidsLimit: long,
};

/** @source moby/moby v20.10 api/types/container/host_config.go (UpdateConfig) */
const updateForm: BodyForm = {
  faults: 'internal',
  type: goStruct('container.UpdateConfig', {
    ...limitTypes,
    RestartPolicy: goStruct('container.RestartPolicy', {
      Name: goString,
      MaximumRetryCount: goInt,
    }),
  }),
};

/** Zero is not a wish, but for `PidsLimit`, where it takes a limit away. */
const resourcesOf = (body: JsonObject): Resources =>
  Object.fromEntries(
    Object.keys(limitTypes).flatMap((name) => {
      const value = member(body, name);
      if (typeof value !== 'number' && typeof value !== 'string') return [];
      const isWish = name === 'PidsLimit' || (value !== 0 && value !== '');
      return isWish ? [[name, value] as const] : [];
    }),
  );

/** `POST /containers/{id}/update`. */
export const update = async (call: Call): Promise<void> => {
  const body = objectOf(await readJson(call.request, updateForm));
  const policy = childOf(body, 'RestartPolicy');
  const name = textOf(policy, 'Name');
  const maximumRetryCount = numberOf(policy, 'MaximumRetryCount');
  const answer = await call.submit({
    type: 'UpdateContainer',
    host: call.context.host,
    container: call.parameter('id'),
    resources: resourcesOf(body),
    restartPolicy: name === '' ? null : { name, maximumRetryCount },
  });
  const Warnings = answer.warnings.length === 0 ? null : answer.warnings;
  sendJson(call.response, 200, { Warnings });
};
