import type { CommandBody, SingleCommand } from '@netfold/contracts';
import { z } from 'zod';
import { isGiven } from '../given.ts';
import * as container from './container-input.ts';
import { defaultLan, hostStep, hostsOf, hostsWish, lan } from './host-input.ts';
import { imageCatalogue } from './image-input.ts';
import * as network from './network-input.ts';
import { address, list, listLimits, name, text, textLimits } from './text.ts';

const swarmInit = z
  .object({
    host: name,
    advertiseAddress: address,
    listenAddress: address,
    defaultAddressPools: list(address, listLimits.pools),
    subnetSize: z.number().int(),
    forceNewCluster: z.boolean(),
  })
  .transform((wish): SingleCommand => ({ type: 'InitSwarm', ...wish }));

const swarmJoin = z
  .object({
    host: name,
    remoteAddresses: list(address, listLimits.addresses),
    token: text(textLimits.token),
    advertiseAddress: address,
    listenAddress: address,
  })
  .transform((wish): SingleCommand => ({ type: 'JoinSwarm', ...wish }));

/** From the input of a mutation, or of a part of a batch, to the command. One row per mutation. */
export const steps = {
  hostAdd: hostStep.transform((host): SingleCommand => ({ type: 'AddHost', host })),
  hostRemove: z
    .object({ host: name })
    .transform((wish): SingleCommand => ({ type: 'RemoveHost', ...wish })),
  networkCreate: network.networkCreate,
  networkRemove: network.networkRemove,
  networkPrune: network.networkPrune,
  networkConnect: network.networkConnect,
  networkDisconnect: network.networkDisconnect,
  containerCreate: container.containerCreate,
  containerStart: container.containerStart,
  containerStop: container.containerStop,
  containerRestart: container.containerRestart,
  containerKill: container.containerKill,
  containerPause: container.containerPause,
  containerUnpause: container.containerUnpause,
  containerRename: container.containerRename,
  containerRemove: container.containerRemove,
  containerPrune: container.containerPrune,
  swarmInit,
  swarmJoin,
  swarmLeave: z
    .object({ host: name, force: z.boolean() })
    .transform((wish): SingleCommand => ({ type: 'LeaveSwarm', ...wish })),
  timeAdvance: z
    .object({ to: z.number() })
    .transform((wish): SingleCommand => ({ type: 'AdvanceTime', ...wish })),
} as const;

export type StepName = keyof typeof steps;
export const stepNames = Object.keys(steps) as readonly StepName[];

export const labCreate = z
  .object({
    name,
    hosts: hostsWish,
    lans: list(lan, listLimits.nics).nullish(),
    images: imageCatalogue.nullish(),
  })
  .transform((wish): CommandBody => {
    const lans = wish.lans ?? [defaultLan];
    const hosts = hostsOf(wish.hosts, lans);
    return { type: 'CreateLab', name: wish.name, hosts, lans, images: wish.images ?? null };
  });

const batchPart = z.record(z.string(), z.unknown()).transform((part, context) => {
  const given = stepNames.filter((step) => isGiven(part[step]));
  const [only] = given;
  if (only === undefined || given.length !== 1) {
    context.addIssue({ code: 'custom', message: 'exactly one command stands in each part' });
    return z.NEVER;
  }
  const parsed = steps[only].safeParse(part[only]);
  if (parsed.success) return parsed.data;
  for (const { message, path, ...issue } of parsed.error.issues) {
    const params = 'params' in issue ? issue.params : undefined;
    context.addIssue({ code: 'custom', message, path: [only, ...path], ...(params && { params }) });
  }
  return z.NEVER;
});

export const commandsApply = z
  .object({
    commands: z
      .array(batchPart)
      .min(1, { error: 'a batch has at least one command' })
      .max(listLimits.batch, {
        error: `a batch has at most ${listLimits.batch} commands`,
        abort: true,
      }),
  })
  .transform((wish): CommandBody => ({ type: 'ApplyBatch', commands: wish.commands }));

export const labRemove = z.object({}).transform((): CommandBody => ({ type: 'RemoveLab' }));
