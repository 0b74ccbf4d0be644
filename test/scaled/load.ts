import { randomUUID } from 'node:crypto';
import type { GatewayClient } from './gateway-client.ts';

type Payload = {
  readonly version: number;
  readonly userErrors: readonly { readonly message: string }[];
};

const payload = 'version userErrors { message }';

/** One user of a lab of her own: makes containers one by one and looks whether they are there. */
export class ContainerMaker {
  readonly labName: string;
  readonly #client: GatewayClient;
  readonly #made: string[] = [];
  /** Answers that said something else than they should. */
  readonly surprises: string[] = [];

  constructor(client: GatewayClient, labName: string) {
    this.#client = client;
    this.labName = labName;
  }

  /** Commands that were answered. */
  get answered(): number {
    return this.#made.length;
  }

  async createLab(): Promise<void> {
    const input = { name: this.labName, hosts: [{ name: 'h1' }], commandId: randomUUID() };
    await this.#client.ask(
      `mutation ($i: LabCreateInput!) { labCreate(input: $i) { ${payload} } }`,
      { i: input },
    );
  }

  /** Works until told to stop. @throws when a request fails although it was sent again */
  async work(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const name = `c${this.#made.length}`;
      const version = await this.createContainer(name, randomUUID());
      this.#made.push(name);
      await this.#look(name, version);
    }
  }

  /** @returns version of the lab after it */
  async createContainer(name: string, commandId: string): Promise<number> {
    const input = { lab: this.labName, host: 'h1', name, image: 'nginx', commandId };
    const { containerCreate } = await this.#client.ask<{ readonly containerCreate: Payload }>(
      `mutation ($i: ContainerCreateInput!) { containerCreate(input: $i) { ${payload} } }`,
      { i: input },
    );
    const { version, userErrors } = containerCreate;
    if (userErrors.length > 0) this.surprises.push(`${name}: ${userErrors[0]?.message}`);
    return version;
  }

  /** What was made and is not there, and the other way round. */
  async differences(): Promise<readonly string[]> {
    const there = await this.containers();
    const lost = this.#made.filter((name) => !there.includes(name));
    const extra = there.filter((name) => !this.#made.includes(name));
    const doubled = there.filter((name, at) => there.indexOf(name) !== at);
    return [...lost.map((name) => `lost: ${name}`), ...[...extra, ...doubled].map(extraText)];
  }

  /** Names of all containers that the lab's only host has. */
  async containers(): Promise<readonly string[]> {
    const names: string[] = [];
    let after: string | null = null;
    do {
      const listed: Listed = await this.#client.ask(listQuery, { lab: this.labName, after });
      const { nodes, pageInfo }: ContainerPage = listed.lab.host.containers;
      names.push(...nodes.map(({ name }) => name));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    return names;
  }

  /** What was answered is seen by who asks for that version, whichever gateway answers. */
  async #look(name: string, version: number): Promise<void> {
    const { lab } = await this.#client.ask<{
      readonly lab: { readonly host: { readonly container: { readonly name: string } | null } };
    }>(
      `query ($lab: String!, $version: LabVersion!, $name: String!) {
        lab(name: $lab, atLeastVersion: $version) { host(name: "h1") {
          container(reference: $name) { name } } } }`,
      { lab: this.labName, version, name },
    );
    if (lab.host.container?.name !== name) this.surprises.push(`${name} was answered and not seen`);
  }
}

type ContainerPage = {
  readonly nodes: readonly { readonly name: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
};
type Listed = { readonly lab: { readonly host: { readonly containers: ContainerPage } } };

const listQuery = `query ($lab: String!, $after: String) {
  lab(name: $lab) { host(name: "h1") { containers(first: 100, after: $after) {
    nodes { name } pageInfo { hasNextPage endCursor } } } } }`;

const extraText = (name: string): string => `nobody made: ${name}`;
