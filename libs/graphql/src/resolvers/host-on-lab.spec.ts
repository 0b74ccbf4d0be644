import { GraphqlDesk } from '@netfold/testkit/graphql';
import { actorOf, hostRow, labRow } from '@netfold/testkit';
import { describe, expect, test } from 'vitest';

const labId = 'lab-00000001';

/** A lab `first` with the host `h1`. */
function desk(): GraphqlDesk {
  const made = new GraphqlDesk();
  const rows = { lab: [labRow(labId, 'first')], host: [hostRow(labId, 'h1')] };
  made.labs.give({ labId, tenantId: 'local', versions: [rows, rows] });
  return made;
}

describe('hostCertificateCreate', () => {
  const create = `mutation($input: HostCertificateCreateInput!) {
    hostCertificateCreate(input: $input) {
      endpoint authority certificate expiresAt userErrors { code field } } }`;
  const input = { lab: 'first', host: 'h1', publicKey: 'key' };

  test('answers what a Docker client elsewhere needs, to who may only look as well', async () => {
    const at = desk();
    at.certificate = { endpoint: 'tcp://x', authority: 'ca', certificate: 'cert', expiresAt: 0 };
    const expected = { ...at.certificate, expiresAt: '1970-01-01T00:00:00.000Z', userErrors: [] };
    for (const actor of [actorOf(), actorOf({ role: 'observer' })]) {
      const { data } = await at.ask(create, { input }, actor);
      expect(data).toEqual({ hostCertificateCreate: expected });
    }
  });

  test.each([
    [{ host: 'h9' }, 'HOST_NOT_FOUND', {}],
    [{ lab: 'nope' }, 'LAB_NOT_FOUND', {}],
    [{}, 'LAB_NOT_FOUND', { role: 'student' as const }],
    [{}, 'FORBIDDEN', { role: 'automation' as const, scopes: ['lab:read' as const] }],
    [{ publicKey: 'x'.repeat(5_000) }, 'TEXT_TOO_LONG', {}],
    [{}, 'NO_DOCKER_TLS', {}],
  ])('%j is refused with %s', async (changes, code, actor) => {
    const { data } = await desk().ask(create, { input: { ...input, ...changes } }, actorOf(actor));
    expect(data).toMatchObject({
      hostCertificateCreate: { endpoint: null, userErrors: [{ code }] },
    });
  });

  test('an unfit key is refused where it stands', async () => {
    const at = desk();
    at.certificate = 'unfitKey';
    const { data } = await at.ask(create, { input });
    const userErrors = [{ code: 'INVALID_INPUT', field: ['input', 'publicKey'] }];
    expect(data).toMatchObject({ hostCertificateCreate: { endpoint: null, userErrors } });
  });
});

describe('hostExec', () => {
  const exec = `mutation($input: HostExecInput!) { hostExec(input: $input) {
    stdout stderr exitCode version userErrors { code } } }`;

  test('answers what the tool printed, whatever its exit code', async () => {
    const at = desk();
    at.shell = ({ argv, host }) => ({
      stdout: '',
      stderr: `${host}: ${argv.join(' ')}`,
      exitCode: 127,
    });
    const { data } = await at.ask(exec, {
      input: { lab: 'first', host: 'h1', command: ['ip', 'a'] },
    });
    expect(data).toEqual({
      hostExec: { stdout: '', stderr: 'h1: ip a', exitCode: 127, version: 1, userErrors: [] },
    });
  });

  test.each([
    [{ lab: labId, host: 'h9', command: [] }, 'HOST_NOT_FOUND', actorOf()],
    [{ lab: 'nope', host: 'h1', command: [] }, 'LAB_NOT_FOUND', actorOf()],
    [{ lab: labId, host: 'h1', command: [] }, 'FORBIDDEN', actorOf({ role: 'observer' })],
  ])('%j is refused with %s', async (input, code, actor) => {
    const { data } = await desk().ask(exec, { input }, actor);
    expect(data).toMatchObject({ hostExec: { exitCode: null, userErrors: [{ code }] } });
  });
});
