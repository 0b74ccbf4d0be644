import type { CommandBody, CommandType } from '@netfold/contracts';
import type { Scope } from '../actor.ts';

/** What a route asks of its caller. Every route of every face asks for exactly one of these. */
export const permissions = [
  'account.self',
  'token.manage',
  'user.administer',
  'lab.list',
  'lab.create',
  'lab.read',
  'lab.operate',
  'lab.remove',
  'lab.share',
  'docker.read',
  'docker.operate',
] as const;

export type Permission = (typeof permissions)[number];

/** About one lab: they ask for a membership where a role has no wider grant. */
export const permissionsOnLab: ReadonlySet<Permission> = new Set<Permission>([
  'lab.read',
  'lab.operate',
  'lab.remove',
  'lab.share',
  'docker.read',
  'docker.operate',
]);

/** The scope that a token with scopes must have; `null`: none. */
export const scopeOfPermission: Readonly<Record<Permission, Scope | null>> = {
  'account.self': null,
  'token.manage': 'class:admin',
  'user.administer': 'class:admin',
  'lab.list': 'lab:read',
  'lab.create': 'lab:write',
  'lab.read': 'lab:read',
  'lab.operate': 'lab:write',
  'lab.remove': 'lab:write',
  'lab.share': 'class:admin',
  'docker.read': 'host:docker',
  'docker.operate': 'host:docker',
};

/** Every type of command, so that a new one cannot be forgotten: the compiler asks for its row. */
export const permissionOfCommand: Readonly<Record<CommandType, Permission>> = {
  CreateLab: 'lab.create',
  RemoveLab: 'lab.remove',
  ApplyBatch: 'lab.operate',
  AddHost: 'lab.operate',
  RemoveHost: 'lab.operate',
  CreateNetwork: 'lab.operate',
  RemoveNetwork: 'lab.operate',
  PruneNetworks: 'lab.operate',
  ConnectContainer: 'lab.operate',
  DisconnectContainer: 'lab.operate',
  CreateContainer: 'lab.operate',
  StartContainer: 'lab.operate',
  StopContainer: 'lab.operate',
  RestartContainer: 'lab.operate',
  KillContainer: 'lab.operate',
  PauseContainer: 'lab.operate',
  UnpauseContainer: 'lab.operate',
  RenameContainer: 'lab.operate',
  RemoveContainer: 'lab.operate',
  PruneContainers: 'lab.operate',
  UpdateContainer: 'lab.operate',
  CreateVolume: 'lab.operate',
  RemoveVolume: 'lab.operate',
  PruneVolumes: 'lab.operate',
  PullImage: 'lab.operate',
  BuildImage: 'lab.operate',
  TagImage: 'lab.operate',
  RemoveImage: 'lab.operate',
  PruneImages: 'lab.operate',
  WriteFiles: 'lab.operate',
  RemoveFiles: 'lab.operate',
  InitSwarm: 'lab.operate',
  JoinSwarm: 'lab.operate',
  LeaveSwarm: 'lab.operate',
  UpdateSwarm: 'lab.operate',
  UpdateNode: 'lab.operate',
  RemoveNode: 'lab.operate',
  CreateExec: 'lab.operate',
  StartExec: 'lab.operate',
  EndExec: 'lab.operate',
  EndContainerProcess: 'lab.operate',
  ReportHealth: 'lab.operate',
  ReportTraffic: 'lab.operate',
  EditFirewall: 'lab.operate',
  EditStacks: 'lab.operate',
  AdvanceTime: 'lab.operate',
};

/** All permissions a command asks for: those of a batch are those of its parts. */
export function permissionsOfCommand(body: CommandBody): ReadonlySet<Permission> {
  const asked = new Set<Permission>([permissionOfCommand[body.type]]);
  if (body.type === 'ApplyBatch') {
    for (const part of body.commands) asked.add(permissionOfCommand[part.type]);
  }
  return asked;
}

/** Root fields of the GraphQL schema. A test demands a row for each, and no row too many. */
export const permissionOfGraphqlField: Readonly<Record<string, Permission>> = {
  'Query.command': 'lab.list',
  'Query.lab': 'lab.read',
  'Query.labs': 'lab.list',
  'Query.me': 'account.self',
  'Query.node': 'lab.read',
  'Query.users': 'user.administer',
  'Query.viewer': 'account.self',
  'Mutation.commandsApply': 'lab.operate',
  'Mutation.containerCreate': 'lab.operate',
  'Mutation.containerKill': 'lab.operate',
  'Mutation.containerPause': 'lab.operate',
  'Mutation.containerPrune': 'lab.operate',
  'Mutation.containerRemove': 'lab.operate',
  'Mutation.containerRename': 'lab.operate',
  'Mutation.containerRestart': 'lab.operate',
  'Mutation.containerRun': 'lab.operate',
  'Mutation.containerStart': 'lab.operate',
  'Mutation.containerStop': 'lab.operate',
  'Mutation.containerUnpause': 'lab.operate',
  'Mutation.hostAdd': 'lab.operate',
  'Mutation.hostCertificateCreate': 'docker.read',
  'Mutation.hostExec': 'lab.operate',
  'Mutation.hostRemove': 'lab.operate',
  'Mutation.labCreate': 'lab.create',
  'Mutation.labMemberAdd': 'lab.share',
  'Mutation.labMemberRemove': 'lab.share',
  'Mutation.labRemove': 'lab.remove',
  'Mutation.networkConnect': 'lab.operate',
  'Mutation.networkCreate': 'lab.operate',
  'Mutation.networkDisconnect': 'lab.operate',
  'Mutation.networkPrune': 'lab.operate',
  'Mutation.networkRemove': 'lab.operate',
  'Mutation.swarmInit': 'lab.operate',
  'Mutation.swarmJoin': 'lab.operate',
  'Mutation.swarmLeave': 'lab.operate',
  'Mutation.timeAdvance': 'lab.operate',
  'Mutation.tokenCreate': 'token.manage',
  'Mutation.tokenRevoke': 'token.manage',
  'Mutation.userCreate': 'user.administer',
  'Mutation.userDisable': 'user.administer',
  'Subscription.labCommits': 'lab.read',
};

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** A route of the Engine API, e.g. `POST /containers/create`. */
export const permissionOfDockerRoute = (route: string): Permission =>
  safeMethods.has(route.split(' ')[0] ?? '') ? 'docker.read' : 'docker.operate';
