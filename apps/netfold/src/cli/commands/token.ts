import { printed } from '../cli-command.ts';
import type { CliInput, CliOutput } from '../cli-command.ts';
import { ask } from '../graphql-client.ts';
import { json, table } from '../table.ts';
import { refusedOutput, userErrorFields } from './refusals.ts';
import type { UserError } from './refusals.ts';

type Token = {
  readonly tokenId: string;
  readonly name: string;
  readonly scopes: readonly string[] | null;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
};

const fields = 'tokenId name scopes expiresAt lastUsedAt revokedAt';

/** `netfold token create USER`: prints the secret, which is shown this once. */
export async function tokenCreate(input: CliInput): Promise<CliOutput> {
  const { values, positionals } = input;
  const user = positionals[0];
  const document = `mutation ($input: TokenCreateInput!) {
    tokenCreate(input: $input) { secret token { ${fields} } ${userErrorFields} }
  }`;
  const { tokenCreate: made } = await ask<{
    readonly tokenCreate: {
      readonly secret: string | null;
      readonly token: Token | null;
      readonly userErrors: readonly UserError[];
    };
  }>(input, document, {
    input: {
      name: `netfold token create ${user}`.slice(0, 64),
      user,
      scopes: scopesOf(values['scopes']),
      ...(values['days'] === undefined ? {} : { days: Number(values['days']) }),
    },
  });
  if (made.secret === null) return refusedOutput(made.userErrors);
  const { secret, token } = made;
  return printed(values['json'] === true ? json({ secret, ...token }) : `${secret}\n`);
}

/** `lab:read,host:docker` as the enum values of GraphQL; `null`: not narrowed. */
const scopesOf = (text: string | boolean | undefined): readonly string[] | null =>
  typeof text === 'string'
    ? text.split(',').map((scope) => scope.trim().replace(':', '_').toUpperCase())
    : null;

/** `netfold token ls` */
export async function tokenList(input: CliInput): Promise<CliOutput> {
  const document = `{ users(first: 200) { nodes { name tokens { ${fields} } } } }`;
  const { users } = await ask<{
    readonly users: {
      readonly nodes: readonly {
        readonly name: string;
        readonly tokens: readonly Token[] | null;
      }[];
    };
  }>(input, document);
  const tokens = users.nodes.flatMap(({ name, tokens: own }) =>
    (own ?? []).map((token) => ({ user: name, ...token })),
  );
  if (input.values['json'] === true) return printed(json(tokens));
  const rows = tokens.map((token) => [
    token.tokenId,
    token.user,
    token.scopes?.join(' ').toLowerCase().replaceAll('_', ':') ?? 'all',
    token.expiresAt.slice(0, 10),
    token.revokedAt === null ? 'active' : 'revoked',
  ]);
  return printed(table(['ID', 'USER', 'SCOPES', 'EXPIRES', 'STATE'], rows));
}

/** `netfold token revoke ID` */
export async function tokenRevoke(input: CliInput): Promise<CliOutput> {
  const document = `mutation ($tokenId: ID!) {
    tokenRevoke(input: { tokenId: $tokenId }) { token { tokenId } ${userErrorFields} }
  }`;
  const { tokenRevoke: ended } = await ask<{
    readonly tokenRevoke: {
      readonly token: { readonly tokenId: string } | null;
      readonly userErrors: readonly UserError[];
    };
  }>(input, document, { tokenId: input.positionals[0] });
  if (ended.token === null) return refusedOutput(ended.userErrors);
  return printed(input.values['json'] === true ? json(ended.token) : `${ended.token.tokenId}\n`);
}
