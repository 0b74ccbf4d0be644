import { printed } from '../cli-command.ts';
import type { CliInput, CliOutput } from '../cli-command.ts';
import { ask } from '../graphql-client.ts';
import { json, table } from '../table.ts';
import { refusedOutput, userErrorFields } from './refusals.ts';
import type { UserError } from './refusals.ts';

type User = { readonly userId: string; readonly name: string; readonly role: string };

/** `netfold user create NAME --role ROLE` */
export async function userCreate(input: CliInput): Promise<CliOutput> {
  const role = String(input.values['role'] ?? 'student').toUpperCase();
  const document = `mutation ($input: UserCreateInput!) {
    userCreate(input: $input) { user { userId name role } ${userErrorFields} }
  }`;
  const { userCreate: made } = await ask<{
    readonly userCreate: { readonly user: User | null; readonly userErrors: readonly UserError[] };
  }>(input, document, { input: { name: input.positionals[0], role } });
  if (made.user === null) return refusedOutput(made.userErrors);
  return printed(input.values['json'] === true ? json(made.user) : `${made.user.userId}\n`);
}

/** `netfold user ls` */
export async function userList(input: CliInput): Promise<CliOutput> {
  const document = '{ users(first: 200) { nodes { userId name role isDisabled } } }';
  const { users } = await ask<{
    readonly users: { readonly nodes: readonly (User & { readonly isDisabled: boolean })[] };
  }>(input, document);
  if (input.values['json'] === true) return printed(json(users.nodes));
  const rows = users.nodes.map(({ name, role, userId, isDisabled }) => [
    name,
    role.toLowerCase(),
    userId,
    isDisabled ? 'disabled' : 'active',
  ]);
  return printed(table(['NAME', 'ROLE', 'ID', 'STATE'], rows));
}
