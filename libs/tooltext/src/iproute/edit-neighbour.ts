import type { StackEdit } from '@netfold/contracts';
import { parseIp, parseMac } from '@netfold/addressing';
import type { InterfaceRow, NeighbourRow } from '@netfold/dataplane';
import { failed, printed } from '../tool.ts';
import type { LineEdits, ToolOutput } from '../tool.ts';
import { answers, found, linkNamed, makeEdits, noDevice } from './made-edits.ts';

export type NeighbourVerb = 'add' | 'change' | 'replace' | 'del';

const valued = ['dev', 'lladdr', 'nud', 'to'];

type Asked = { readonly link: InterfaceRow; readonly address: string; readonly mac: string | null };

const lookUp = (edits: LineEdits, words: readonly string[]): Asked | ToolOutput => {
  const valueOf = (word: string): string | null => {
    const at = words.indexOf(word);
    return at < 0 ? null : (words[at + 1] ?? '');
  };
  const bare = words.find(
    (word, at) => !valued.includes(word) && !valued.includes(words[at - 1] ?? ''),
  );
  const address = valueOf('to') ?? bare ?? '';
  const device = valueOf('dev');
  if (device === null || address === '') {
    return failed(255, 'Device and destination are required arguments.\n');
  }
  if (parseIp(address) === null) {
    return failed(1, `Error: inet address is expected rather than "${address}".\n`);
  }
  const lladdr = valueOf('lladdr');
  const mac = lladdr === null ? null : parseMac(lladdr);
  if (lladdr !== null && mac === null) return failed(1, `"${lladdr}" is invalid lladdr.\n`);
  const link = linkNamed(edits.stack, device);
  return link === null ? noDevice(device) : { link, address, mac };
};

const removal = (link: InterfaceRow, { address }: NeighbourRow): StackEdit => ({
  kind: 'removeNeighbour',
  link: found(link),
  address,
});

/** `ip neigh add|change|replace|del`. @source recorded host-link-refusals */
export const editNeighbour = (
  edits: LineEdits,
  words: readonly string[],
  verb: NeighbourVerb,
): ToolOutput => {
  const asked = lookUp(edits, words);
  if ('exitCode' in asked) return asked;
  const { link, address, mac } = asked;
  const known = edits.stack.neighbours.find(
    (row) => row.device === link.name && row.address === address,
  );
  if (verb === 'add' && known !== undefined) return answers('File exists');
  if ((verb === 'change' || verb === 'del') && known === undefined) {
    return answers('No such file or directory');
  }
  if (verb === 'del') {
    return makeEdits(edits, known === undefined ? [] : [removal(link, known)]);
  }
  if (mac === null) return answers('Invalid argument');
  const { namespace, interfaceIndex } = link;
  const neighbour = { namespace, interfaceIndex, address, mac };
  return makeEdits(edits, [{ kind: 'setNeighbour', link: found(link), neighbour }]);
};

/** `ip neigh flush dev DEV|all`: what was learnt; what was told stays unless `nud` names it. */
export const flushNeighbours = (edits: LineEdits, words: readonly string[]): ToolOutput => {
  const at = words.indexOf('dev');
  if (words.length === 0) return failed(255, 'Flush requires arguments.\n');
  const device = at < 0 ? null : (words[at + 1] ?? '');
  const link = device === null ? null : linkNamed(edits.stack, device);
  if (device !== null && link === null) return noDevice(device);
  const hasPermanent = words.includes('permanent') || words.includes('nud');
  const made = edits.stack.neighbours.flatMap((row) => {
    const owner = linkNamed(edits.stack, row.device);
    const isWanted = device === null || row.device === device;
    const isKept = row.state === 'PERMANENT' && !hasPermanent;
    return owner === null || !isWanted || isKept ? [] : [removal(owner, row)];
  });
  return made.length === 0 ? printed('') : makeEdits(edits, made);
};
