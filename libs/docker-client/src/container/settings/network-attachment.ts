import type { Flags } from '../../command/flags.ts';
import { ClientError } from '../../command/client-error.ts';
import { readRecord } from '../../value/record.ts';
import { ValueProblem } from '../../value/value-problem.ts';
import { plainEndpoint } from '../../network/endpoint-settings.ts';
import type { Endpoint } from '../../network/endpoint-settings.ts';

type NetworkAttachment = {
  readonly target: string;
  readonly aliases: readonly string[];
  readonly driverOptions: Readonly<Record<string, string>>;
  readonly ip: string;
  readonly ip6: string;
};

const isLongForm = (text: string): boolean => /\w=\w/.test(text);

/**
 * `web` or `name=web,alias=db`
 *
 * @throws ValueProblem
 * @source docker/cli v20.10 opts/network.go
 */
export const readNetworkAttachment = (text: string): NetworkAttachment => {
  const attachment = { target: '', ip: '', ip6: '' };
  const aliases: string[] = [];
  const driverOptions: Record<string, string> = {};
  if (!isLongForm(text)) return { ...attachment, target: text, aliases, driverOptions };
  for (const field of readRecord(text)) {
    const [key, value] = readPair(field, `invalid field ${field}`);
    if (key === 'name') attachment.target = value;
    else if (key === 'alias') aliases.push(value);
    else if (key === 'ip') attachment.ip = value;
    else if (key === 'ip6') attachment.ip6 = value;
    else if (key === 'driver-opt') {
      const problem = 'invalid key value pair format in driver options';
      const [name, setting] = readPair(value, problem);
      driverOptions[name] = setting;
    } else throw new ValueProblem(`invalid field key ${key}`);
  }
  if (attachment.target === '') throw new ValueProblem('network name/id is not specified');
  return { ...attachment, aliases, driverOptions };
};

const readPair = (text: string, problem: string): readonly [string, string] => {
  const at = text.indexOf('=');
  if (at < 0) throw new ValueProblem(problem);
  return [
    text.slice(0, at).trim().toLowerCase(),
    text
      .slice(at + 1)
      .trim()
      .toLowerCase(),
  ];
};

const ownModes = new Set(['default', 'bridge', 'host', 'none']);
const isUserDefined = (target: string): boolean =>
  !ownModes.has(target) && !target.startsWith('container:');

/** What flags say of the first network: `--ip` and its kin. */
type FirstNetwork = {
  readonly aliases: readonly string[];
  readonly links: readonly string[];
  readonly ip: string;
  readonly ip6: string;
  readonly linkLocalIps: readonly string[];
};

type Endpoints = Readonly<Record<string, Endpoint>>;

/**
 * The mode of a container's network and the endpoints it asks for.
 *
 * @throws ClientError
 * @source docker/cli v20.10 cli/command/container/opts.go parseNetworkOpts
 */
export const networksOf = (
  flags: Flags,
): { readonly mode: string; readonly endpoints: Endpoints } => {
  const attachments = flags.list('net', 'network').map(readNetworkAttachment);
  const endpoints: Record<string, Endpoint> = {};
  for (const [at, attachment] of attachments.entries()) {
    const { target } = attachment;
    const endpoint = endpointOf(attachment, at === 0 ? firstNetworkOf(flags) : noFlags);
    if (Object.hasOwn(endpoints, target)) {
      throw new ClientError(`network "${target}" is specified multiple times`);
    }
    // One network without a wish of its own is the engine's to attach.
    if (attachments.length > 1 || endpoint !== plainEndpoint) endpoints[target] = endpoint;
  }
  const kinds = new Set(attachments.map(({ target }) => isUserDefined(target)));
  if (kinds.size > 1) {
    throw new ClientError(
      'conflicting options: cannot attach both user-defined and non-user-defined network-modes',
    );
  }
  return { mode: attachments[0]?.target ?? 'default', endpoints };
};

const noFlags: FirstNetwork = { aliases: [], links: [], ip: '', ip6: '', linkLocalIps: [] };

const firstNetworkOf = (flags: Flags): FirstNetwork => ({
  aliases: flags.list('net-alias', 'network-alias'),
  links: flags.list('link'),
  ip: flags.text('ip'),
  ip6: flags.text('ip6'),
  linkLocalIps: flags.list('link-local-ip'),
});

const conflict = (told: string): ClientError =>
  new ClientError(`conflicting options: cannot specify both ${told}`);

const endpointOf = (own: NetworkAttachment, flags: FirstNetwork): Endpoint => {
  refuseConflicts(own, flags);
  const aliases = flags.aliases.length > 0 ? flags.aliases : own.aliases;
  const IPv4Address = own.ip === '' ? flags.ip : own.ip;
  const IPv6Address = own.ip6 === '' ? flags.ip6 : own.ip6;
  const LinkLocalIPs = flags.linkLocalIps;
  refuseTarget(own.target, aliases, flags.links);
  const hasAddress = IPv4Address !== '' || IPv6Address !== '' || LinkLocalIPs.length > 0;
  const hasDriverOptions = Object.keys(own.driverOptions).length > 0;
  if (!hasAddress && !hasDriverOptions && aliases.length + flags.links.length === 0) {
    return plainEndpoint;
  }
  const addresses = {
    ...(IPv4Address === '' ? {} : { IPv4Address }),
    ...(IPv6Address === '' ? {} : { IPv6Address }),
    ...(LinkLocalIPs.length === 0 ? {} : { LinkLocalIPs }),
  };
  return {
    ...plainEndpoint,
    IPAMConfig: hasAddress ? addresses : null,
    Links: flags.links.length === 0 ? null : flags.links,
    Aliases: aliases.length === 0 ? null : aliases,
    DriverOpts: hasDriverOptions ? own.driverOptions : null,
  };
};

const refuseConflicts = (own: NetworkAttachment, flags: FirstNetwork): void => {
  if (own.aliases.length > 0 && flags.aliases.length > 0) {
    throw conflict('--network-alias and per-network alias');
  }
  if (own.ip !== '' && flags.ip !== '') throw conflict('--ip and per-network IPv4 address');
  if (own.ip6 !== '' && flags.ip6 !== '') throw conflict('--ip6 and per-network IPv6 address');
};

const refuseTarget = (
  target: string,
  aliases: readonly string[],
  links: readonly string[],
): void => {
  if (target.trim() === '') throw new ClientError('no name set for network');
  if (isUserDefined(target)) return;
  if (aliases.length > 0) {
    throw new ClientError('network-scoped aliases are only supported for user-defined networks');
  }
  if (links.length > 0) {
    throw new ClientError('links are only supported for user-defined networks');
  }
};
