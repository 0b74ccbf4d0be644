import { canonicalAddress } from '@netfold/dataplane';
import { failed, printed } from '../tool.ts';
import type { StackView, ToolOutput } from '../tool.ts';
import { matches } from './ip-options.ts';
import type { IpOptions } from './ip-options.ts';
import { jsonText } from './json-text.ts';
import { findRoute } from './route-lookup.ts';
import type { FoundRoute, RouteQuestion } from './route-lookup.ts';

/** Reads `[to] ADDRESS [from ADDRESS] [iif DEV] [oif DEV]`; other words with their values too. */
export const parseRouteGet = (words: readonly string[]): RouteQuestion | null => {
  let question: RouteQuestion = { destination: '', from: null, inside: null, outside: null };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const value = words[at + 1] ?? '';
    if (word === 'from') question = { ...question, from: value };
    else if (word === 'iif') question = { ...question, inside: value };
    else if (word === 'oif' || word === 'dev') question = { ...question, outside: value };
    else if (word === 'to') question = { ...question, destination: value };
    else if (!['mark', 'uid', 'vrf', 'tos', 'dsfield'].includes(word)) {
      question = { ...question, destination: word };
      continue;
    }
    at += 1;
  }
  return question.destination === '' ? null : question;
};

const cacheMarks = { unicast: [], local: ['local'], broadcast: ['local', 'brd'] };

const asJson = (destination: string, route: FoundRoute, from: string | null): unknown => ({
  ...(route.type === 'unicast' ? {} : { type: route.type }),
  dst: destination,
  ...(from === null ? {} : { from }),
  ...(route.gateway === null ? {} : { gateway: route.gateway }),
  dev: route.device,
  ...(from === null ? { prefsrc: route.source } : {}),
  flags: [],
  uid: 0,
  cache: cacheMarks[route.type],
});

const inIPv6 = (destination: string, route: FoundRoute): string => {
  const { type, gateway, device, protocol, source, metric } = route;
  const words = [
    ...(type === 'unicast' ? [] : [type]),
    `${destination} from ::`,
    ...(gateway === null ? [] : [`via ${gateway}`]),
    `dev ${device}`,
    ...(type === 'local' ? ['table local'] : []),
    ...(protocol === 'kernel' ? ['proto kernel'] : []),
    `src ${source} metric ${metric} pref medium`,
  ];
  return `${words.join(' ')}\n`;
};

const inIPv4 = (question: RouteQuestion, route: FoundRoute, options: IpOptions): string => {
  const { destination, from, inside } = question;
  const { type, gateway, device, source } = route;
  const isTypeTold = type !== 'unicast' || options.isDetailed;
  const words = [
    ...(isTypeTold ? [type] : []),
    destination,
    ...(from === null ? [] : [`from ${from}`]),
    ...(gateway === null ? [] : [`via ${gateway}`]),
    `dev ${device}`,
    ...(options.isDetailed ? ['table main'] : []),
    ...(from === null ? [`src ${source}`] : []),
    ...(inside === null ? ['uid 0'] : []),
  ];
  const marks = cacheMarks[type].length === 0 ? [] : [`<${cacheMarks[type].join(',')}>`];
  const cache = ['cache', ...marks, ...(inside === null ? [] : [`iif ${inside}`])];
  return `${words.join(' ')} ${options.isOneLine ? '\\' : '\n'}    ${cache.join(' ')} \n`;
};

/**
 * `ip route get`.
 *
 * @source iproute2 6.1 ip/iproute.c (iproute_get, print_cache_flags); recorded
 */
export const getRoute = (
  stack: StackView,
  words: readonly string[],
  options: IpOptions,
): ToolOutput => {
  const question = parseRouteGet(words);
  if (question === null) return failed(1, 'need at least a destination address\n');
  const { destination, from } = question;
  if (canonicalAddress(destination) === null) {
    return failed(1, `Error: any valid prefix is expected rather than "${destination}".\n`);
  }
  const device = [question.inside, question.outside].find(
    (name) => name !== null && !stack.interfaces.some((row) => row.name === name),
  );
  if (device) return failed(1, `Cannot find device "${device}"\n`);
  const route = findRoute(stack, question);
  if (route === null) return failed(2, 'RTNETLINK answers: Network is unreachable\n');
  if (options.isJson)
    return printed(jsonText([asJson(destination, route, from)], options.isPretty));
  return printed(
    route.family === 6 ? inIPv6(destination, route) : inIPv4(question, route, options),
  );
};

/** Whether the word is `get`, however short. */
export const isGet = (word: string | undefined): boolean =>
  word !== undefined && matches(word, 'get');
