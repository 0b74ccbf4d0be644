/** Answers of GraphQL are as deep as the query: who asks says which form they have. */
type Answer<Data> = {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
};

const askMsMax = 30_000;

/** The version that a command made. */
type Made = { readonly version: number; readonly commandId: string };

/** A user of one gateway. */
export class LabClient {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  async createLab(name: string): Promise<void> {
    const input = { name, hosts: [{ name: 'h1' }] };
    await this.#command('labCreate', 'LabCreateInput', input);
  }

  createNetwork(lab: string, name: string, commandId?: string): Promise<Made> {
    const input = { lab, host: 'h1', name, ...(commandId === undefined ? {} : { commandId }) };
    return this.#command('networkCreate', 'NetworkCreateInput', input);
  }

  /** @returns the names of its networks, or the code of the error */
  async networksOf(lab: string, atLeastVersion: number | null = null): Promise<unknown> {
    const { data, errors } = await this.#ask<{ lab: LabWithNetworks | null }>(
      'query ($name: String!, $least: LabVersion) { lab(name: $name, atLeastVersion: $least)' +
        ' { host(name: "h1") { networks(first: 50) { nodes { name } } } } }',
      { name: lab, least: atLeastVersion },
    );
    if (errors !== undefined) return errors[0]?.extensions?.code;
    return data?.lab?.host.networks.nodes.map(({ name }) => name).toSorted();
  }

  async labs(): Promise<readonly string[]> {
    const { data } = await this.#ask<{ labs: { nodes: readonly { name: string }[] } }>(
      '{ labs(first: 50) { nodes { name } } }',
      {},
    );
    return (data?.labs.nodes ?? []).map(({ name }) => name).toSorted();
  }

  async #command(field: string, type: string, input: object): Promise<Made> {
    const { data, errors } = await this.#ask<Record<string, Payload>>(
      `mutation ($input: ${type}!) { ${field}(input: $input)` +
        ' { version commandId userErrors { message } } }',
      { input },
    );
    const payload = data?.[field];
    if (payload === undefined || payload.userErrors.length > 0) {
      throw new Error(`${field} was refused: ${JSON.stringify({ payload, errors })}`);
    }
    return payload;
  }

  async #ask<Data>(query: string, variables: object): Promise<Answer<Data>> {
    const response = await fetch(`${this.#url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(askMsMax),
    });
    return (await response.json()) as Answer<Data>;
  }
}

type Payload = Made & { readonly userErrors: readonly unknown[] };
type LabWithNetworks = {
  readonly host: { readonly networks: { readonly nodes: readonly { readonly name: string }[] } };
};
