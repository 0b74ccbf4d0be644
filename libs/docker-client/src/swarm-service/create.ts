import { ClientError } from '../command/client-error.ts';
import { atLeast } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { pathWith } from '../command/engine.ts';
import { flagsIn, helpOf } from '../command/flag-table.ts';
import { labelProblem } from '../command/flag-checks.ts';
import { refusalOf } from '../command/each.ts';
import { objectPath } from '../command/object-path.ts';
import { readMount } from '../container/settings/mount.ts';
import { readNetworkAttachment } from '../container/settings/network-attachment.ts';
import { runChecks } from '../container/settings/run-flags.ts';
import { familiarReference, readReference, withDefaultTag } from '../image/reference.ts';
import { readDuration } from '../value/duration.ts';
import { readBytes, readNanoCpus } from '../value/size.ts';
import { checkedBy } from '../value/value-problem.ts';
import { readPublishedPorts } from './published-ports.ts';
import { modeOf, playedFlags, serviceSpecOf } from './service-spec.ts';
import type { ServiceImage } from './service-spec.ts';

const ofRun = (name: string): ((value: string) => string | null) => runChecks[name] ?? (() => null);

const checks: Command['checks'] & {} = {
  'container-label': labelProblem,
  dns: ofRun('dns'),
  'dns-search': ofRun('dns-search'),
  env: ofRun('env'),
  host: ofRun('add-host'),
  label: labelProblem,
  'limit-cpu': checkedBy(readNanoCpus),
  'limit-memory': checkedBy(readBytes),
  mount: checkedBy(readMount),
  network: checkedBy(readNetworkAttachment),
  publish: checkedBy(readPublishedPorts),
  'reserve-cpu': checkedBy(readNanoCpus),
  'reserve-memory': checkedBy(readBytes),
  'stop-grace-period': checkedBy(readDuration),
};

/** @source docker/cli v20.10 cli/command/service/create.go */
export const create: Command = {
  words: atLeast(1),
  stopsAtWord: true,
  checks,
  run: (call) => {
    const { engine, flags, out, words } = call;
    refuseUnplayed(call);
    modeOf(flags);
    const networks = flags.list('network').map(readNetworkAttachment);
    const ids = networks.map(({ target }) => networkIdOf(call, target));
    const spec = serviceSpecOf(call, ids, imageOf(call, words[0] ?? ''));
    const { ID } = engine.post('/services/create', {}, spec) as { readonly ID: string };
    out.line(ID);
    if (!flags.isOn('detach')) {
      throw new ClientError('netfold: a service cannot be waited for; use --detach');
    }
  },
};

const refuseUnplayed = ({ flags, name }: CommandCall): void => {
  const unplayed = flagsIn(helpOf(name)).find(
    (flag) => flags.isSet(flag.name) && !playedFlags.has(flag.name),
  );
  if (unplayed === undefined) return;
  throw new ClientError(
    `netfold: \`docker ${name} --${unplayed.name}\` cannot be played: a lab host runs no services`,
  );
};

/** @source docker/cli v20.10 cli/command/service/opts.go resolveNetworkID */
const networkIdOf = ({ engine }: CommandCall, name: string): string => {
  const path = pathWith(objectPath(`/networks/${name}`), { scope: 'swarm' });
  const reply = engine.reply({ method: 'GET', path });
  if (reply.status >= 400) throw new ClientError(refusalOf(reply, 'network', name));
  return (JSON.parse(reply.text) as { readonly Id: string }).Id;
};

type Distribution = {
  readonly Descriptor: { readonly digest: string };
  readonly Platforms?: readonly { readonly architecture: string; readonly os: string }[] | null;
};

/**
 * The image with what its registry tells of it; without that where the registry tells nothing.
 *
 * @source docker/cli v20.10 vendor/github.com/docker/docker/client/service_create.go
 */
const imageOf = ({ engine, flags }: CommandCall, text: string): ServiceImage => {
  const read = readReference(text);
  const named = 'problem' in read ? null : withDefaultTag(read);
  const familiar = named === null ? text : familiarReference(named);
  if (flags.isOn('no-resolve-image')) return { reference: familiar, platforms: [] };
  const path = objectPath(`/distribution/${familiar}/json`);
  const reply = engine.reply({ method: 'GET', path });
  if (reply.status >= 400) return { reference: familiar, platforms: [] };
  const { Descriptor, Platforms } = JSON.parse(reply.text) as Distribution;
  const isDigested = named === null || named.digest !== '';
  return {
    reference: isDigested ? familiar : `${familiar}@${Descriptor.digest}`,
    platforms: (Platforms ?? []).map(({ architecture, os }) => ({
      Architecture: architecture.toLowerCase() === 'arm' ? undefined : architecture,
      OS: os,
    })),
  };
};
