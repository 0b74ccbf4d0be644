import type { HttpClient } from '../harness/http-client.ts';
import { applyQuery, runInput } from './host-query.ts';

const createLab = `mutation Create($input: LabCreateInput!) {
  labCreate(input: $input) { lab { labId } userErrors { message } }
}`;
const createNetwork = `mutation Network($input: NetworkCreateInput!) {
  networkCreate(input: $input) { version userErrors { message } }
}`;

/** A lab with one host and the network that the bench's containers stand on. @returns its id */
export async function openLabByHttp(client: HttpClient): Promise<string> {
  const input = { name: `lab-${Math.random().toString(36).slice(2)}`, hosts: [{ name: 'h1' }] };
  const created = await client.graphql<{ labCreate: { readonly lab: { readonly labId: string } } }>(
    createLab,
    { input },
  );
  const { labId } = created.labCreate.lab;
  await client.graphql(createNetwork, {
    input: { lab: labId, host: 'h1', name: 'web', pools: [{ subnet: '10.20.0.0/16' }] },
  });
  return labId;
}

/** The bench's command. @returns the version of the lab after it */
export async function runByHttp(client: HttpClient, lab: string, number: number): Promise<number> {
  const { commandsApply } = await client.graphql<{
    readonly commandsApply: { readonly version: number };
  }>(applyQuery, runInput(lab, number));
  return commandsApply.version;
}
