import { failed, lines, printed } from '../tool.ts';
import type { Tool, ToolOutput, ToolWorld } from '../tool.ts';
import { matches, parseIpOptions } from './ip-options.ts';
import type { IpOptions } from './ip-options.ts';
import { showLinks } from './ip-link.ts';
import { showNeighbours } from './ip-neigh.ts';
import { getRoute, showRoutes } from './ip-route.ts';
import { ipUsage, ipVersion } from './ip-usage.ts';
import { isShow } from './link-filter.ts';

/** The kernel takes none of these edits in a lab: said as such, and with exit code 2. */
const notSimulated = (object: string, word: string): ToolOutput =>
  failed(2, `netfold: \`ip ${object} ${word}\` is not simulated, only the listing forms are\n`);

const edits = [
  'add',
  'append',
  'change',
  'delete',
  'flush',
  'replace',
  'restore',
  'save',
  'set',
  'test',
];

type ObjectWords = { readonly object: string; readonly words: readonly string[] };

const onObject = (
  { object, words }: ObjectWords,
  show: (rest: readonly string[]) => ToolOutput,
): ToolOutput => {
  const [command, ...rest] = words;
  if (isShow(command)) return show(rest);
  const word = command ?? '';
  if (matches(word, ...edits)) return notSimulated(object, word);
  return failed(255, `Command "${word}" is unknown, try "ip ${object} help".\n`);
};

const rules = lines([
  '0:\tfrom all lookup local',
  '32766:\tfrom all lookup main',
  '32767:\tfrom all lookup default',
]);

const runObject = (
  world: ToolWorld,
  object: string,
  words: readonly string[],
  options: IpOptions,
): ToolOutput => {
  const { stack } = world;
  if (matches(object, 'address')) {
    return onObject({ object: 'address', words }, (rest) =>
      showLinks(stack, rest, 'addr', options),
    );
  }
  if (matches(object, 'link')) {
    return onObject({ object: 'link', words }, (rest) => showLinks(stack, rest, 'link', options));
  }
  if (matches(object, 'route')) {
    if (words[0] !== undefined && matches(words[0], 'get')) return getRoute(stack, words.slice(1));
    return onObject({ object: 'route', words }, (rest) => showRoutes(stack, rest, options));
  }
  if (matches(object, 'neighbour', 'neighbor')) {
    return onObject({ object: 'neigh', words }, (rest) => showNeighbours(world, rest, options));
  }
  if (matches(object, 'rule')) return onObject({ object: 'rule', words }, () => printed(rules));
  if (matches(object, 'netns')) {
    return onObject({ object: 'netns', words }, () => printed(lines(world.namespaceNames)));
  }
  return failed(1, `Object "${object}" is unknown, try "ip help".\n`);
};

/** iproute2's `ip`: the listing forms of link, address, route, neighbour, rule and netns. */
export const ip: Tool = (world, argv) => {
  const parsed = parseIpOptions(argv);
  if (parsed.kind === 'version') return printed(ipVersion);
  if (parsed.kind === 'unknownOption') {
    return failed(255, `Option "-${parsed.option}" is unknown, try "ip -help".\n`);
  }
  const [object, ...words] = parsed.words;
  if (object === undefined || object === 'help') return failed(255, ipUsage);
  return runObject(world, object, words, parsed.options);
};
