import type { LineEdits, ToolOutput, ToolWorld } from '../tool.ts';
import { addLink } from './add-link.ts';
import { addAddress, flushAddresses, removeAddress } from './edit-address.ts';
import { removeLink, setLink } from './edit-link.ts';
import { editNeighbour, flushNeighbours } from './edit-neighbour.ts';
import { addRoute, flushRoutes, removeRoute } from './edit-route.ts';
import { matches } from './ip-options.ts';
import { answers, notEditable } from './made-edits.ts';

export type EditedObject = 'link' | 'address' | 'route' | 'neigh';

type Asked = {
  readonly command: string;
  readonly words: readonly string[];
  readonly family: 4 | 6 | null;
};

type Editor = (edits: LineEdits, asked: Asked) => ToolOutput;

/** In iproute2's order: a word that abbreviates several is the first of them. */
const editors: { readonly [O in EditedObject]: readonly (readonly [string, Editor])[] } = {
  link: [
    ['add', (edits, { words }) => addLink(edits, words)],
    ['set', (edits, { words }) => setLink(edits, words)],
    ['change', (edits, { words }) => setLink(edits, words)],
    ['delete', (edits, { words }) => removeLink(edits, words)],
  ],
  address: [
    ['add', (edits, { words }) => addAddress(edits, words)],
    ['change', (edits, { words }) => addAddress(edits, words)],
    ['replace', (edits, { words }) => addAddress(edits, words)],
    ['delete', (edits, { words }) => removeAddress(edits, words)],
    ['flush', (edits, { words, family }) => flushAddresses(edits, words, family)],
  ],
  route: [
    ['add', (edits, { words, family }) => addRoute(edits, words, 'add', family)],
    ['append', (edits, { words, family }) => addRoute(edits, words, 'append', family)],
    ['change', (edits, { words, family }) => addRoute(edits, words, 'change', family)],
    ['chg', (edits, { words, family }) => addRoute(edits, words, 'change', family)],
    ['delete', (edits, { words, family }) => removeRoute(edits, words, family)],
    ['prepend', (edits, { words, family }) => addRoute(edits, words, 'prepend', family)],
    ['replace', (edits, { words, family }) => addRoute(edits, words, 'replace', family)],
    ['flush', (edits, { words, family }) => flushRoutes(edits, words, family)],
  ],
  neigh: [
    ['add', (edits, { words }) => editNeighbour(edits, words, 'add')],
    ['change', (edits, { words }) => editNeighbour(edits, words, 'change')],
    ['chg', (edits, { words }) => editNeighbour(edits, words, 'change')],
    ['replace', (edits, { words }) => editNeighbour(edits, words, 'replace')],
    ['delete', (edits, { words }) => editNeighbour(edits, words, 'del')],
    ['flush', (edits, { words }) => flushNeighbours(edits, words)],
  ],
};

/**
 * `ip OBJECT COMMAND ...` that changes something.
 *
 * @returns `null` when iproute2 knows no such command
 */
export const editObject = (
  { edits, user, place }: ToolWorld,
  object: EditedObject,
  asked: Asked,
): ToolOutput | null => {
  const editor = editors[object].find(([name]) => matches(asked.command, name))?.[1];
  if (editor === undefined) return null;
  if (edits !== null) return editor(edits, asked);
  const isForbidden = place === 'container' || user !== 'root';
  return isForbidden
    ? answers('Operation not permitted')
    : notEditable(`ip ${object} ${asked.command}`);
};
