import { createRequire } from 'node:module';
import { join } from 'node:path';
import { sha256, zeroHash, type CommandRequest, type NumberedOutcome } from '@netfold/application';
import { addTallyHost, makeTallyLab, requestOf } from '@netfold/testkit';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { commandRecord } from '../messages/command-message.ts';
import { commitRecord, watermarkRecord } from '../messages/commit-message.ts';
import { outcomeRecord, refusalRecord } from '../messages/outcome-message.ts';
import type { LogRecord } from '../transport.ts';
import { asyncApiOf } from './async-api.ts';
import { commandSchemas } from './golden/command-schemas.ts';
import { schemasOfTypes } from './schemas-of-types.ts';

// The compiler reads all of the types first.
const compilerMsMax = 60_000;
const require = createRequire(import.meta.url);
const contracts = join(import.meta.dirname, '../../../contracts/src/index.ts');

let document: object;
beforeAll(() => {
  const of = { types: ['LabEvent'], isClosed: false, numbers: 'number' } as const;
  document = asyncApiOf({
    commands: commandSchemas,
    events: schemasOfTypes({ file: contracts, ...of }),
  });
}, compilerMsMax);

test('the document of the topics is the one that was looked at', async () => {
  const head = '# Written by `async-api.spec.ts` of libs/log-kafka.\n';
  const whole = `${head}${stringify(document, { lineWidth: 100, aliasDuplicateObjects: false })}`;
  await expect(whole).toMatchFileSnapshot('../../../../docs/reference/asyncapi.yaml');
});

test('the document is an AsyncAPI 3.0 document', () => {
  const ajv = new Ajv({
    // The schema brings the meta-schema of draft 7 with it.
    meta: false,
    validateSchema: false,
    strict: false,
    validateFormats: false,
    allErrors: true,
  });
  const validate = ajv.compile(require('@asyncapi/specs/schemas/3.0.0.json') as object);
  validate(document);
  expect(validate.errors).toBeNull();
  expect(validate({ ...document, channels: { x: { adress: 'planted' } } })).toBe(false);
});

test('every reference in the document leads to something', () => {
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)];
  expect(refs.length).toBeGreaterThan(100);
  for (const [, path = ''] of refs) {
    const found = path
      .split('/')
      .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], document);
    expect(found, path).toBeDefined();
  }
});

describe('what we send is what the document says:', () => {
  const request: CommandRequest = requestOf('lab-00000001', addTallyHost('h1'));
  const at = { source: '/x', time: 0, traceparent: null };
  const outcome = { kind: 'accepted', answer: { ids: {}, warnings: [] } } as const;
  const place = { labId: 'lab-00000001', tenantId: 'local', commandId: 'c' };
  const numbered: NumberedOutcome = {
    ...place,
    payloadHash: '',
    labVersion: 1,
    position: null,
    outcome,
    labTime: 5,
    partition: 0,
    sequence: 1,
  };
  const stored = {
    ...place,
    partition: 0,
    position: 1,
    labVersion: 1,
    correlationId: 'r',
    causationId: null,
    actorId: 'a',
    face: 'cli',
    commandText: null,
    recordedAt: 1,
    labTime: 5,
    schemaVersion: 0,
    eventsText: '[{"type":"HostRemoved","data":{"host":"h1"}}]',
    previousHash: zeroHash,
    hash: sha256('x'),
  } as const;
  const of = { source: '/x', logEpoch: 'e', traceparent: null };
  const refusal = { class: 'forbidden', code: 'X', message: 'x' } as const;
  const record = { partition: 0, offset: '7' };

  test.each<[string, LogRecord]>([
    ['command', commandRecord(request, { ...at, credential: 'token x' })],
    ['command', commandRecord({ ...request, body: makeTallyLab() }, { ...at, credential: 'x' })],
    ['commit', commitRecord(stored, of)],
    ['watermark', watermarkRecord({ partition: 0, position: 1, logEpoch: 'e' }, at)],
    ['outcome', outcomeRecord(numbered, at)],
    ['outcome', refusalRecord({ ...place, tenantId: null, record }, refusal, at)],
  ])('%s', (name, { value }) => {
    const json: unknown = JSON.parse(new TextDecoder().decode(value));
    expect(problemsOf(name, json)).toEqual([]);
    expect(problemsOf(name, { ...(json as object), data: {} })).not.toEqual([]);
  });
});

function problemsOf(name: string, json: unknown): readonly unknown[] {
  const ajv = new Ajv({ strict: false });
  ajv.addSchema(document, 'document');
  const validate = ajv.getSchema(`document#/components/schemas/${name}`);
  if (validate === undefined) throw new Error(`no schema of ${name}`);
  return validate(json) === true ? [] : (validate.errors ?? []);
}
