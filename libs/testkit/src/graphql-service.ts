import { defaultQuotas } from '@netfold/application';
import type { Actor, Quotas } from '@netfold/application';
import type { Commit } from '@netfold/contracts';
import { loopbackHosts, NetfoldGraphqlModule } from '@netfold/graphql';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import { actorOf } from './actor.ts';
import { GraphqlDesk } from './graphql-desk.ts';
import { hostRow, labRow } from './rows.ts';

/** The lab that every such service has. */
export const servedLab = 'lab-00000001';
const labId = servedLab;
const rows = { lab: [labRow(labId, 'first')], host: [hostRow(labId, 'h1')] };

/** The GraphQL face as a process serves it, over one scripted lab; `Bearer good` opens it. */
export async function serveGraphql(
  of: { readonly quotas?: Quotas; readonly actor?: Partial<Actor> } = {},
) {
  const desk = new GraphqlDesk(of.quotas);
  desk.labs.give({ labId, tenantId: 'local', versions: [{}, rows, rows, rows] });
  desk.labs.commits.push(...[1, 2, 3].map(commitOf));
  const tokens = new Map([['Bearer good', actorOf(of.actor)]]);
  const module = NetfoldGraphqlModule.forRoot({
    ...desk.parts,
    gate: desk.gate,
    guardedReaders: desk.readers,
    authenticator: { authenticate: async (header) => tokens.get(header ?? '') ?? null },
    quotas: of.quotas ?? defaultQuotas,
    border: { hosts: loopbackHosts },
    hasGraphiql: true,
    report: (fault) => desk.faults.push(fault),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
    logger: ['error', 'warn'],
  });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { desk, app, port, tokens };
}

const commitOf = (version: number): Commit => ({
  partition: 0,
  position: version,
  labId,
  labVersion: version,
  tenantId: 'local',
  commandId: `c${version}`,
  correlationId: 'x',
  causationId: null,
  actorId: 'a',
  face: 'graphql',
  commandText: null,
  recordedAt: 0,
  labTime: version * 1e3,
  schemaVersion: 0,
  events: [],
  previousHash: '0',
  hash: '1',
});
