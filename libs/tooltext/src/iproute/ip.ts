import { failed, lines, printed } from '../tool.ts';
import type { Tool, ToolOutput, ToolWorld } from '../tool.ts';
import { matches, parseIpOptions } from './ip-options.ts';
import type { IpOptions } from './ip-options.ts';
import { showLinks } from './ip-link.ts';
import { showNeighbours } from './ip-neigh.ts';
import { editObject } from './edit-object.ts';
import type { EditedObject } from './edit-object.ts';
import { netns } from './ip-netns.ts';
import { showRoutes } from './ip-route.ts';
import { ipUsage, ipVersion } from './ip-usage.ts';
import { isShow } from './link-filter.ts';
import { getRoute, isGet } from './route-get.ts';

type ObjectWords = { readonly object: string; readonly words: readonly string[] };

const onObject = (
  { object, words }: ObjectWords,
  show: (rest: readonly string[]) => ToolOutput,
  edit: (command: string, rest: readonly string[]) => ToolOutput | null,
): ToolOutput => {
  const [command, ...rest] = words;
  // iproute2 looks for `set` before `show`.
  const isSet = object === 'link' && (command === 's' || command === 'se');
  if (isShow(command) && !isSet) return show(rest);
  const word = command ?? '';
  return (
    edit(word, rest) ?? failed(255, `Command "${word}" is unknown, try "ip ${object} help".\n`)
  );
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
  const edit = (name: EditedObject) => (command: string, rest: readonly string[]) =>
    editObject(world, name, { command, words: rest, family: options.family });
  if (matches(object, 'address')) {
    const show = (rest: readonly string[]) => showLinks(stack, rest, 'addr', options);
    return onObject({ object: 'address', words }, show, edit('address'));
  }
  if (matches(object, 'link')) {
    const show = (rest: readonly string[]) => showLinks(stack, rest, 'link', options);
    return onObject({ object: 'link', words }, show, edit('link'));
  }
  if (matches(object, 'route')) {
    if (isGet(words[0])) return getRoute(stack, words.slice(1), options);
    const show = (rest: readonly string[]) => showRoutes(stack, rest, options);
    return onObject({ object: 'route', words }, show, edit('route'));
  }
  if (matches(object, 'neighbour', 'neighbor')) {
    const show = (rest: readonly string[]) => showNeighbours(world, rest, options);
    return onObject({ object: 'neigh', words }, show, edit('neigh'));
  }
  if (matches(object, 'rule')) {
    return onObject(
      { object: 'rule', words },
      () => printed(rules),
      (command) => failed(2, `netfold: \`ip rule ${command}\` is not simulated\n`),
    );
  }
  if (matches(object, 'netns')) return netns(world, words);
  return failed(1, `Object "${object}" is unknown, try "ip help".\n`);
};

/** iproute2's `ip`: link, address, route, neighbour and netns, and the listing of rules. */
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
