import type { TestServer } from '../server.ts';
import { sendTo } from './graphql-client.ts';
import type { Reply } from './graphql-client.ts';

/** A user of the server who may make labs and sees none but her own. */
export type Student = {
  readonly ask: (query: string, variables?: object) => Promise<Reply>;
  /** @returns id of a lab with the host `h1` */
  readonly ownLab: (name: string) => Promise<string>;
};

type Made = {
  readonly data: { readonly labCreate: { readonly lab: { readonly labId: string } | null } };
};

export async function asStudent(server: TestServer, name: string): Promise<Student> {
  await server.ask('mutation($i: UserCreateInput!) { userCreate(input: $i) { user { name } } }', {
    i: { name, role: 'STUDENT' },
  });
  const { tokenCreate } = await server.ask<{
    readonly tokenCreate: { readonly secret: string };
  }>('mutation($i: TokenCreateInput!) { tokenCreate(input: $i) { secret } }', {
    i: { name: `of-${name}`, user: name },
  });
  const headers = { authorization: `Bearer ${tokenCreate.secret}` };
  const ask = (query: string, variables: object = {}): Promise<Reply> =>
    sendTo(server.url, JSON.stringify({ query, variables }), { headers });
  const ownLab = async (labName: string): Promise<string> => {
    const nic = { name: 'eth0', lan: 'lan0', address: '192.168.50.11/24' };
    const input = { name: labName, hosts: [{ name: 'h1', nics: [nic] }] };
    const { text } = await ask(
      'mutation($input: LabCreateInput!) {' +
        ' labCreate(input: $input) { lab { labId } userErrors { message } } }',
      { input },
    );
    const made = (JSON.parse(text) as Made).data.labCreate.lab;
    if (made === null) throw new Error(`no lab was made: ${text}`);
    return made.labId;
  };
  return { ask, ownLab };
}
