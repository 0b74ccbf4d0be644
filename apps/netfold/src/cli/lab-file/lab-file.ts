import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { NetfoldProblem } from '@netfold/configuration';

/** A lab file larger than this is refused. */
const labFileBytesMax = 1_048_576;

const text = z.string().max(1_024);
const names = z.record(text.min(1), text);

const networkFile = z
  .strictObject({
    driver: text,
    subnet: text,
    ip_range: text,
    gateway: text,
    aux_addresses: names,
    internal: z.boolean(),
    attachable: z.boolean(),
    ipv6: z.boolean(),
    options: names,
    labels: names,
  })
  .partial();

const attachmentFile = z
  .strictObject({ ipv4_address: text, ipv6_address: text, aliases: z.array(text).max(64) })
  .partial();

const containerFile = z
  .strictObject({
    image: text,
    command: z.union([text, z.array(text)]),
    network_mode: text,
    networks: z.union([z.array(text), z.record(text, attachmentFile.nullable())]),
    ports: z.array(z.union([text, z.number()])),
    expose: z.array(z.union([text, z.number()])),
    environment: z.union([z.array(text), names]),
    labels: names,
    hostname: text,
    mac_address: text,
    links: z.array(text),
    dns: z.array(text),
    extra_hosts: z.array(text),
    state: z.enum(['running', 'created']),
  })
  .partial()
  .required({ image: true });

const hostFile = z
  .strictObject({
    networks: z.record(text, networkFile.nullable()),
    containers: z.record(text, containerFile),
  })
  .partial();

const labFile = z.strictObject({
  name: text.optional(),
  hosts: z.record(text, hostFile.nullable()),
});

/** Hosts, networks and containers as a person writes them; words as in a compose file. */
export type LabFile = z.infer<typeof labFile>;
export type NetworkFile = z.infer<typeof networkFile>;
export type ContainerFile = z.infer<typeof containerFile>;

/** The keys of each part, for the reference, under the headings that they have there. */
export const labFileKeys: Readonly<Record<string, readonly string[]>> = {
  'The file': Object.keys(labFile.shape),
  'A host': Object.keys(hostFile.shape),
  'A network': Object.keys(networkFile.shape),
  'A container': Object.keys(containerFile.shape),
};

/** @throws NetfoldProblem naming the place and the line */
export function parseLabFile(source: string, path: string): LabFile {
  if (Buffer.byteLength(source) > labFileBytesMax) {
    throw problem(path, `it is larger than ${labFileBytesMax} bytes`, 'split it into several');
  }
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined) throw problem(path, error.message, 'mend the YAML');
  const parsed = labFile.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  // A misspelt key is why another one is missing.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  const place = issue?.path ?? [];
  const node = document.getIn(place, true) as { readonly range?: readonly number[] } | undefined;
  const line = node?.range === undefined ? '' : `, line ${lines.linePos(node.range[0] ?? 0).line}`;
  const cause = `${issue?.message} (${place.join('.') || 'the whole file'}${line})`;
  throw problem(path, cause, 'see docs/reference/lab-file.md');
}

const problem = (path: string, cause: string, fix: string): NetfoldProblem =>
  new NetfoldProblem({
    code: 'NF1008',
    problem: `the lab file \`${path}\` is invalid`,
    cause,
    fix,
  });
