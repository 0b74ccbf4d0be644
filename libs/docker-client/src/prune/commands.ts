import { ClientError } from '../command/client-error.ts';
import { noWords } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { isConfirmed } from '../command/confirmation.ts';
import { filterProblem } from '../command/flag-checks.ts';
import { inNaturalOrder } from '../command/natural-order.ts';
import { humanSize } from '../format/units.ts';
import { readBytes } from '../value/size.ts';
import { checkedBy } from '../value/value-problem.ts';
import { prune } from './prune.ts';
import type { PruneKind, PruneWishes, Pruned } from './prune.ts';

const question = '\nAre you sure you want to continue?';

const wishesOf = ({ flags }: CommandCall): PruneWishes => ({
  filters: flags.list('filter').filter((one) => one !== ''),
  isAll: flags.isOn('all'),
  keepBytes: readBytes(flags.text('keep-storage', '0')),
});

const reclaimed = (bytes: number): string => `Total reclaimed space: ${humanSize(bytes)}`;

const pruneCommand = (
  kind: PruneKind,
  warning: (isAll: boolean) => string,
  total: (pruned: Pruned) => string | null = ({ reclaimedBytes }) => reclaimed(reclaimedBytes),
): Command => ({
  words: noWords,
  checks: { filter: filterProblem, 'keep-storage': checkedBy(readBytes) },
  run: (call) => {
    const { engine, flags, out } = call;
    const wishes = wishesOf(call);
    const isAgreed = flags.isOn('force') || isConfirmed(call, warning(wishes.isAll));
    const pruned = isAgreed ? prune(engine, kind, wishes) : { text: '', reclaimedBytes: 0 };
    if (pruned.text !== '') out.line(pruned.text);
    const last = total(pruned);
    if (last !== null) out.line(last);
  },
});

/** @source docker/cli v20.10 cli/command/container/prune.go */
export const pruneContainers = pruneCommand(
  'containers',
  () => `WARNING! This will remove all stopped containers.${question}`,
);

/** @source docker/cli v20.10 cli/command/network/prune.go */
export const pruneNetworks = pruneCommand(
  'networks',
  () =>
    `WARNING! This will remove all custom networks not used by at least one container.${question}`,
  () => null,
);

/** @source docker/cli v20.10 cli/command/volume/prune.go */
export const pruneVolumes = pruneCommand(
  'volumes',
  () =>
    `WARNING! This will remove all local volumes not used by at least one container.${question}`,
);

/** @source docker/cli v20.10 cli/command/image/prune.go */
export const pruneImages = pruneCommand('images', (isAll) =>
  isAll
    ? 'WARNING! This will remove all images without at least one container associated to ' +
      `them.${question}`
    : `WARNING! This will remove all dangling images.${question}`,
);

/** @source docker/cli v20.10 cli/command/builder/prune.go */
export const pruneBuildCache = pruneCommand(
  'cache',
  (isAll) =>
    `WARNING! This will remove all ${isAll ? '' : 'dangling '}build cache. ` +
    'Are you sure you want to continue?',
);

/** @source docker/cli v20.10 cli/command/system/prune.go */
export const pruneSystem: Command = {
  words: noWords,
  checks: { filter: filterProblem },
  run: (call) => {
    const { engine, flags, out } = call;
    const wishes = wishesOf(call);
    const hasVolumes = flags.isOn('volumes');
    if (hasVolumes && filterNames(wishes).includes('until')) {
      throw new ClientError('ERROR: The "until" filter is not supported with "--volumes"');
    }
    if (!flags.isOn('force') && !isConfirmed(call, systemWarning(wishes, hasVolumes))) return;
    const kinds: readonly PruneKind[] = [
      'containers',
      'networks',
      ...(hasVolumes ? (['volumes'] as const) : []),
      'images',
      'cache',
    ];
    let total = 0;
    for (const kind of kinds) {
      const { text, reclaimedBytes } = prune(engine, kind, wishes);
      total += reclaimedBytes;
      if (text !== '') out.line(text);
    }
    out.line(reclaimed(total));
  },
};

const parted = (filter: string): readonly [name: string, value: string] => {
  const at = filter.indexOf('=');
  return [filter.slice(0, at).trim().toLowerCase(), filter.slice(at + 1).trim()];
};

const filterNames = ({ filters }: PruneWishes): readonly string[] =>
  filters.map((filter) => parted(filter)[0]);

const shownFilters = ['label', 'label!', 'until'];

const systemWarning = ({ filters, isAll }: PruneWishes, hasVolumes: boolean): string => {
  const items = [
    'all stopped containers',
    'all networks not used by at least one container',
    ...(hasVolumes ? ['all volumes not used by at least one container'] : []),
    isAll ? 'all images without at least one container associated to them' : 'all dangling images',
    isAll ? 'all build cache' : 'all dangling build cache',
  ];
  const shown = filters
    .map(parted)
    .filter(([name]) => shownFilters.includes(name))
    .map(([name, value]) => `${name}=${value}`);
  const list = (lines: readonly string[]): string => lines.map((line) => `\n  - ${line}`).join('');
  const told = [...new Set(shown)].toSorted(inNaturalOrder);
  const condition =
    told.length === 0 ? '' : `\n  Items to be pruned will be filtered with:${list(told)}\n`;
  return `WARNING! This will remove:${list(items)}\n${condition}${question}`;
};
