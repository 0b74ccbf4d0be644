import type { CommandResult } from '@netfold/application';
import { CommandFailure, defaultQuotas } from '@netfold/application';
import type { Refusal } from '@netfold/contracts';
import { GraphqlDesk } from '@netfold/testkit/graphql';
import { actorOf, containerRow, hostRow, labRow, networkRow } from '@netfold/testkit';
import { describe, expect, test } from 'vitest';

const labId = 'lab-00000001';
const rows = {
  lab: [labRow(labId, 'first')],
  host: [hostRow(labId, 'h1')],
  network: [networkRow(labId, 'h1', 'web')],
  container: [containerRow(labId, 'h1', 'c1')],
};

function desk(quotas = defaultQuotas): GraphqlDesk {
  const made = new GraphqlDesk(quotas);
  made.labs.give({ labId, tenantId: 'local', versions: [rows, rows] });
  return made;
}

const accepts = (ids: Readonly<Record<string, string>>): Partial<CommandResult> => ({
  outcome: { kind: 'accepted', answer: { ids, warnings: [] } },
});
const refuses = (refusal: Refusal): Partial<CommandResult> => ({
  outcome: { kind: 'refused', refusal },
});
const nameTaken: Refusal = {
  class: 'conflict',
  code: 'NetworkNameTaken',
  message: 'network with name web already exists',
};

const networkCreate = `mutation($input: NetworkCreateInput!) { networkCreate(input: $input) {
  network { name bridgeName } userErrors { code class message field fix }
  commandId isRepeat position version ids { name value } warnings
  effects(first: 5) { totalCount nodes { kind change subject host fields } }
} }`;
const web = { lab: labId, host: 'h1', name: 'web', commandId: 'c-1' };

describe('networkCreate', () => {
  test('sends what the docker client would send', async () => {
    const at = desk();
    await at.ask(networkCreate, { input: { ...web, labels: [{ name: '__proto__', value: 'x' }] } });
    expect(at.labs.submitted).toMatchObject([
      { id: 'c-1', labId, tenantId: 'local', actorId: 'user-teacher', face: 'graphql' },
    ]);
    const labels: unknown = JSON.parse('{"__proto__":"x"}');
    expect(at.labs.submitted[0]?.body).toEqual({
      type: 'CreateNetwork',
      host: 'h1',
      network: {
        name: 'web',
        driver: 'bridge',
        checkDuplicate: true,
        internal: false,
        attachable: false,
        ingress: false,
        enableIPv6: false,
        scope: '',
        ipamDriver: 'default',
        ipamOptions: null,
        ipam: [],
        options: {},
        labels,
        configOnly: false,
        configFrom: '',
      },
    });
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('answers the network, where it stands in the log, and what it changed', async () => {
    const at = desk();
    at.labs.answers.push(() => ({
      ...accepts({ networkId: 'network-web' }),
      position: 7,
      labVersion: 1,
      effects: [
        { table: 'network', op: 'put', key: 'k', isNew: true, row: networkRow(labId, 'h1', 'web') },
        {
          table: 'endpointDocument',
          op: 'remove',
          key: 'd',
          row: {
            labId,
            host: 'h1',
            endpointId: 'e',
            networkId: 'n',
            ordinal: 0,
            document: {},
          },
        },
      ],
    }));
    const { data } = await at.ask(networkCreate, { input: web });
    expect(data).toMatchObject({
      networkCreate: {
        network: { name: 'web', bridgeName: 'br-web' },
        userErrors: [],
        commandId: 'c-1',
        isRepeat: false,
        position: 7,
        version: 1,
        ids: [{ name: 'networkId', value: 'network-web' }],
        effects: {
          totalCount: 1,
          nodes: [{ kind: 'NETWORK', change: 'ADDED', subject: 'h1 network-web web', host: 'h1' }],
        },
      },
    });
  });

  test('answers a refusal in the words of Docker, as a user error', async () => {
    const at = desk();
    at.labs.answers.push(() => refuses(nameTaken));
    const { data, errors } = await at.ask(networkCreate, { input: web });
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      networkCreate: {
        network: null,
        userErrors: [
          {
            code: 'NetworkNameTaken',
            class: 'CONFLICT',
            message: 'network with name web already exists',
          },
        ],
      },
    });
  });

  test.each([
    ['NUL', 'a\u0000b', 'INVALID_TEXT'],
    ['half a surrogate pair', 'a\ud800', 'INVALID_TEXT'],
    ['more than 1,024 bytes', 'é'.repeat(513), 'TEXT_TOO_LONG'],
  ])('refuses a name with %s before anything is sent', async (_, name, code) => {
    const at = desk();
    const { data } = await at.ask(networkCreate, { input: { ...web, name } });
    expect(data).toMatchObject({
      networkCreate: { userErrors: [{ code, field: ['input', 'name'] }] },
    });
    expect(at.labs.submitted).toEqual([]);
  });

  test.each(['é'.repeat(512), "'; DROP TABLE events;--", '<script>', 'a\nb\u001b[31m', '${x}'])(
    'takes %j as it is',
    async (name) => {
      const at = desk();
      await at.ask(networkCreate, { input: { ...web, name } });
      expect(at.labs.submitted[0]?.body).toMatchObject({ network: { name } });
    },
  );

  test.each(['', 'a b', 'a\n', 'x'.repeat(129), 'ü'])('refuses the command id %j', async (id) => {
    const at = desk();
    const { data } = await at.ask(networkCreate, { input: { ...web, commandId: id } });
    expect(data).toMatchObject({
      networkCreate: { userErrors: [{ code: 'INVALID_INPUT', field: ['input', 'commandId'] }] },
    });
    expect(at.labs.submitted).toEqual([]);
  });

  test('refuses a seventeenth pool', async () => {
    const pools = (count: number) =>
      Array.from({ length: count }, () => ({ subnet: '10.0.0.0/24' }));
    const at = desk();
    await at.ask(networkCreate, { input: { ...web, pools: pools(16) } });
    const { data } = await at.ask(networkCreate, { input: { ...web, pools: pools(17) } });
    expect(at.labs.submitted).toHaveLength(1);
    expect(data).toMatchObject({
      networkCreate: { userErrors: [{ code: 'TOO_MANY', field: ['input', 'pools'] }] },
    });
  });
});

describe('who may not', () => {
  const observer = actorOf({ id: 'user-eye', role: 'observer' });
  const stranger = actorOf({ id: 'user-eve', role: 'student' });

  test('change a lab that they may see, is told so', async () => {
    const at = desk();
    const { data } = await at.ask(networkCreate, { input: web }, observer);
    expect(data).toMatchObject({ networkCreate: { userErrors: [{ code: 'FORBIDDEN' }] } });
    expect(at.labs.submitted).toEqual([]);
  });

  test('see a lab, is told that there is none', async () => {
    const at = desk();
    const mine = await at.ask(networkCreate, { input: web }, stranger);
    expect(mine.data).toMatchObject({ networkCreate: { userErrors: [{ code: 'LAB_NOT_FOUND' }] } });
    expect(at.labs.submitted).toEqual([]);
  });
});

describe('labCreate', () => {
  const labCreate = `mutation($input: LabCreateInput!) { labCreate(input: $input) {
    userErrors { code } commandId } }`;

  test('gives hosts a card on the LAN, and asks for the same lab when it is repeated', async () => {
    const at = desk();
    const input = { name: 'new', commandId: 'make', hosts: [{ name: 'h1' }, { name: 'h2' }] };
    await at.ask(labCreate, { input });
    await at.ask(labCreate, { input });
    const [first, second] = at.labs.submitted;
    expect(first?.labId).toMatch(/^lab-[0-9a-f]{8}$/);
    expect(second?.labId).toBe(first?.labId);
    expect(first?.body).toMatchObject({
      type: 'CreateLab',
      lans: [{ name: 'lan0', subnet: '192.168.50.0/24', gateway: '192.168.50.1' }],
      hosts: [
        { name: 'h1', nics: [{ address: '192.168.50.11/24', mac: '52:54:00:00:32:0b' }] },
        { name: 'h2', nics: [{ address: '192.168.50.12/24', mac: '52:54:00:00:32:0c' }] },
      ],
    });
  });

  test('makes its creator the owner, once', async () => {
    const at = desk();
    const student = actorOf({ id: 'user-ann', role: 'student' });
    await at.accounts.addUser('local', 'ann', 'student');
    await at.ask(labCreate, { input: { name: 'new', commandId: 'make' } }, student);
    const created = at.labs.submitted[0]?.labId ?? '';
    expect(await at.accounts.membershipOf(student, created)).toBe('owner');
    const other = actorOf({ id: 'user-ben', role: 'student' });
    await at.ask(labCreate, { input: { name: 'new', commandId: 'make' } }, other);
    expect(await at.accounts.membershipOf(other, created)).toBeNull();
  });

  test('is refused at the quota of labs, a repeat of an answered one is not', async () => {
    const at = desk({ ...defaultQuotas, labsPerTenant: 1 });
    const first = await at.ask(labCreate, { input: { name: 'new', commandId: 'one' } });
    expect(first.data).toMatchObject({ labCreate: { userErrors: [{ code: 'QUOTA_EXCEEDED' }] } });
    at.outcomes.push({ tenantId: 'local', commandId: 'one' } as never);
    const again = await at.ask(labCreate, { input: { name: 'new', commandId: 'one' } });
    expect(again.data).toMatchObject({ labCreate: { userErrors: [] } });
  });
});

describe('containerRun', () => {
  const run = `mutation($input: ContainerRunInput!) { containerRun(input: $input) {
    container { name status } userErrors { message } commandId ids { value } } }`;
  const input = { lab: labId, host: 'h1', image: 'nginx', name: 'c1', commandId: 'run-1' };

  test('creates and starts as two commands whose ids follow from one another', async () => {
    const at = desk();
    at.labs.answers.push(() => accepts({ containerId: 'container-c1' }));
    await at.ask(run, {
      input: { ...input, publish: [{ containerPort: '80', hostPort: '8080' }] },
    });
    expect(at.labs.submitted.map(({ id, body }) => [id, body.type])).toEqual([
      ['run-1', 'CreateContainer'],
      ['run-1+start', 'StartContainer'],
    ]);
    expect(at.labs.submitted[0]?.body).toMatchObject({
      spec: {
        exposedPorts: ['80/tcp'],
        portBindings: [{ containerPort: '80/tcp', hostIp: '', hostPort: '8080' }],
        networkMode: 'default',
        restartPolicy: { name: '', maximumRetryCount: 0 },
      },
    });
  });

  test('shows the container that a refused start leaves behind', async () => {
    const at = desk();
    at.labs.answers.push(() => accepts({ containerId: 'container-c1' }));
    at.labs.answers.push(() => refuses({ ...nameTaken, message: 'port is already allocated' }));
    const { data } = await at.ask(run, { input });
    expect(data).toEqual({
      containerRun: {
        container: { name: 'c1', status: 'RUNNING' },
        userErrors: [{ message: 'port is already allocated' }],
        commandId: 'run-1',
        ids: [{ value: 'container-c1' }],
      },
    });
  });

  test('keeps its second id within what an id may be', async () => {
    const at = desk();
    at.labs.answers.push(() => accepts({ containerId: 'container-c1' }));
    await at.ask(run, { input: { ...input, commandId: 'x'.repeat(128) } });
    expect(at.labs.submitted[1]?.id).toMatch(/^[0-9a-f]{64}\+start$/);
  });
});

describe('commandsApply', () => {
  const apply = `mutation($input: CommandsApplyInput!) { commandsApply(input: $input) {
    answers { ids { name value } } failedIndex userErrors { code message field } } }`;
  const part = { networkCreate: { host: 'h1', name: 'web' } };
  const input = { lab: labId, commands: [part, { networkRemove: { host: 'h1', network: 'web' } }] };

  test('sends the commands as one', async () => {
    const at = desk();
    await at.ask(apply, { input: { ...input, expectedVersion: 1 } });
    expect(at.labs.submitted).toMatchObject([
      {
        expectedVersion: 1,
        body: {
          type: 'ApplyBatch',
          commands: [{ type: 'CreateNetwork' }, { type: 'RemoveNetwork', network: 'web' }],
        },
      },
    ]);
  });

  test('names the place of what is wrong', async () => {
    const at = desk();
    const bad = { networkRemove: { host: 'h1', network: 'a\u0000' } };
    const { data } = await at.ask(apply, { input: { ...input, commands: [part, bad] } });
    expect(data).toMatchObject({
      commandsApply: {
        userErrors: [
          {
            code: 'INVALID_TEXT',
            field: ['input', 'commands', '1', 'networkRemove', 'network'],
          },
        ],
      },
    });
  });

  test('takes a thousand commands and no more', async () => {
    const at = desk();
    const many = (count: number) => ({
      lab: labId,
      commands: Array.from({ length: count }, () => part),
    });
    await at.ask(apply, { input: many(1_000) });
    expect(at.labs.submitted).toHaveLength(1);
    const { data } = await at.ask(apply, { input: many(1_001) });
    expect(data).toMatchObject({ commandsApply: { userErrors: [{ code: 'BATCH_TOO_LARGE' }] } });
    const none = await at.ask(apply, { input: many(0) });
    expect(none.data).toMatchObject({ commandsApply: { userErrors: [{ code: 'INVALID_INPUT' }] } });
    expect(at.labs.submitted).toHaveLength(1);
  });

  test('refuses a part with two commands', async () => {
    const both = { ...part, networkRemove: { host: 'h1', network: 'web' } };
    const { errors } = await desk().ask(apply, { input: { lab: labId, commands: [both] } });
    expect(errors.map(({ code }) => code)).toEqual(['INVALID_QUERY']);
  });
});

describe('what is not the user\u2019s mistake', () => {
  test('is told by a code, with the id to repeat by', async () => {
    const at = desk();
    at.labs.answers.push((request) => {
      throw new CommandFailure('OutcomeUnknown', request.id);
    });
    const { errors } = await at.ask(networkCreate, { input: web });
    expect(errors).toEqual([
      {
        code: 'OUTCOME_UNKNOWN',
        message:
          'it is not known whether the command was carried out;' +
          ' repeat it with its id (command c-1)',
      },
    ]);
  });

  test('too many commands at once are told when to come again', async () => {
    const at = desk({ ...defaultQuotas, commandBurst: 1 });
    await at.ask(networkCreate, { input: web });
    const { errors } = await at.ask(networkCreate, { input: web });
    expect(errors.map(({ code }) => code)).toEqual(['RATE_LIMITED']);
  });
});
