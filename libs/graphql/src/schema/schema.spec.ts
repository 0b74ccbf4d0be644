import { permissionOfCommand, permissionOfGraphqlField } from '@netfold/application';
import type { CommandType } from '@netfold/contracts';
import { GraphqlDesk } from '@netfold/testkit/graphql';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { stepNames } from '../input/steps.ts';
import { sdl } from './sdl.ts';

const schema = buildSchema(sdl);

test('the whole schema is the one that was looked at', async () => {
  const whole = `${printSchema(lexicographicSortSchema(schema))}\n`;
  await expect(whole).toMatchFileSnapshot('../../schema.graphql');
});

test('every type, field, argument and enum value has a description', () => {
  expect(undescribed(schema)).toEqual([]);
});

test('every root field has a permission, and no permission stands for none', () => {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const fields = roots.flatMap((type) =>
    Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`),
  );
  expect(fields.toSorted()).toEqual(Object.keys(permissionOfGraphqlField).toSorted());
});

test('the resolvers fit the schema', () => {
  expect(new GraphqlDesk().schema.getMutationType()?.name).toBe('Mutation');
});

test('every list that can grow is a connection with a required `first`', () => {
  for (const { name, field } of fieldsOf(schema)) {
    if (!String(field.type).endsWith('Connection!')) continue;
    const first = field.args.find((argument) => argument.name === 'first');
    expect(`${name}(first: ${String(first?.type)})`).toBe(`${name}(first: Int!)`);
  }
});

test('every mutation has one input and a payload with user errors', () => {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    expect(field.args.map(({ name }) => name)).toEqual(['input']);
    const payload = schema.getType(String(field.type).replace('!', ''));
    const errors = isObjectType(payload) ? payload.getFields()['userErrors'] : undefined;
    expect(String(errors?.type)).toBe('[UserError!]!');
  }
});

describe('a command in a batch and alone', () => {
  test.each(stepNames)('%s takes the same fields', (step) => {
    const type = step.charAt(0).toUpperCase() + step.slice(1);
    const alone = inputFields(`${type}Input`);
    const inBatch = inputFields(`${type}Step`);
    const beside = ['lab: ID!', 'commandId: ID', 'expectedVersion: LabVersion'];
    expect(alone.filter((field) => !inBatch.includes(field))).toEqual(beside);
    expect(alone.filter((field) => !beside.includes(field))).toEqual(inBatch);
  });

  test('every command can be part of a batch', () => {
    expect(inputFields('CommandInput').map((field) => field.split(':')[0])).toEqual(stepNames);
  });
});

/** `null`: what only an engine is told, by a Docker client or by who types into a container. */
const mutationOf: Readonly<Record<CommandType, string | null>> = {
  CreateLab: 'labCreate',
  RemoveLab: 'labRemove',
  ApplyBatch: 'commandsApply',
  AddHost: 'hostAdd',
  RemoveHost: 'hostRemove',
  CreateNetwork: 'networkCreate',
  RemoveNetwork: 'networkRemove',
  PruneNetworks: 'networkPrune',
  ConnectContainer: 'networkConnect',
  DisconnectContainer: 'networkDisconnect',
  CreateContainer: 'containerCreate',
  StartContainer: 'containerStart',
  StopContainer: 'containerStop',
  RestartContainer: 'containerRestart',
  KillContainer: 'containerKill',
  PauseContainer: 'containerPause',
  UnpauseContainer: 'containerUnpause',
  RenameContainer: 'containerRename',
  RemoveContainer: 'containerRemove',
  PruneContainers: 'containerPrune',
  UpdateContainer: null,
  CreateVolume: null,
  RemoveVolume: null,
  PruneVolumes: null,
  PullImage: null,
  BuildImage: null,
  TagImage: null,
  RemoveImage: null,
  PruneImages: null,
  WriteFiles: null,
  RemoveFiles: null,
  EditFirewall: null,
  EditStacks: null,
  ReportTraffic: null,
  InitSwarm: 'swarmInit',
  JoinSwarm: 'swarmJoin',
  LeaveSwarm: 'swarmLeave',
  UpdateSwarm: null,
  UpdateNode: null,
  RemoveNode: null,
  CreateExec: null,
  StartExec: null,
  EndExec: null,
  EndContainerProcess: null,
  ReportHealth: null,
  AdvanceTime: 'timeAdvance',
};

describe('every command but what an engine does itself', () => {
  const sent = Object.entries(mutationOf).filter(([, mutation]) => mutation !== null);

  test.each(sent)('%s is the mutation %s, for whom may give it', (type, mutation) => {
    expect(Object.keys(schema.getMutationType()?.getFields() ?? {})).toContain(mutation);
    expect(permissionOfGraphqlField[`Mutation.${mutation}`]).toBe(
      permissionOfCommand[type as CommandType],
    );
  });
});

test('no word of a store appears', () => {
  const words = /\b(row|rows|event store|projection|fold|SQL|ORM)\b/i;
  expect(sdl.match(words)).toBeNull();
});

function inputFields(name: string): readonly string[] {
  const type = schema.getType(name);
  if (!isInputObjectType(type)) return [];
  return Object.values(type.getFields()).map((field) => {
    const standard =
      field.defaultValue === undefined ? '' : ` = ${JSON.stringify(field.defaultValue)}`;
    return `${field.name}: ${String(field.type)}${standard}`;
  });
}

function* fieldsOf(of: GraphQLSchema) {
  for (const type of Object.values(of.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      yield { name: `${type.name}.${field.name}`, field };
    }
  }
}

const builtIn = new Set(['String', 'Int', 'Float', 'Boolean', 'ID']);

function undescribed(of: GraphQLSchema): readonly string[] {
  const missing: string[] = [];
  const note = (name: string, described: { readonly description?: string | null | undefined }) => {
    if ((described.description ?? '') === '') missing.push(name);
  };
  for (const type of Object.values(of.getTypeMap())) {
    if (type.name.startsWith('__') || builtIn.has(type.name)) continue;
    note(type.name, type);
    if (isEnumType(type))
      type.getValues().forEach((value) => note(`${type.name}.${value.name}`, value));
    if (isInputObjectType(type)) {
      Object.values(type.getFields()).forEach((field) => note(`${type.name}.${field.name}`, field));
    }
  }
  for (const { name, field } of fieldsOf(of)) {
    note(name, field);
    field.args.forEach((argument) => note(`${name}(${argument.name})`, argument));
  }
  return missing;
}
