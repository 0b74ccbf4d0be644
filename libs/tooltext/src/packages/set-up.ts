import type { DebianPackage, DebianRelease } from '@netfold/domain';
import { dpkgName } from './apt-text.ts';

type Alternative = readonly [path: string, link: string, name: string];

/** What the scripts of packages print: which of several programs a name stands for. */
const alternatives: Readonly<Record<string, readonly Alternative[]>> = {
  traceroute: [
    ['/usr/bin/traceroute.db', '/usr/bin/traceroute', 'traceroute'],
    ['/usr/bin/traceroute6.db', '/usr/bin/traceroute6', 'traceroute6'],
    ['/usr/bin/lft.db', '/usr/bin/lft', 'lft'],
    ['/usr/bin/traceproto.db', '/usr/bin/traceproto', 'traceproto'],
    ['/usr/sbin/tcptraceroute.db', '/usr/sbin/tcptraceroute', 'tcptraceroute'],
  ],
  'netcat-openbsd': [['/bin/nc.openbsd', '/bin/nc', 'nc']],
  'netcat-traditional': [['/bin/nc.traditional', '/bin/nc', 'nc']],
};

/** Whether libraries are among them, whose cache the C library then makes anew. */
const hasLibrary = (news: readonly DebianPackage[]): boolean =>
  news.some(({ name, isMultiArch }) => isMultiArch && /^lib.*\d$/.test(name));

/**
 * What dpkg prints from where all is unpacked: what was typed comes last. Its own order of the
 * others follows from its tables and is not simulated.
 */
export const setUpLines = (
  release: DebianRelease,
  news: readonly DebianPackage[],
  asked: readonly string[],
): string => {
  const isAsked = ({ name }: DebianPackage): boolean => asked.includes(name);
  const inOrder = [...news.filter((one) => !isAsked(one)), ...news.filter(isAsked)];
  const each = inOrder.map((one) => {
    const links = (alternatives[one.name] ?? []).map(
      ([path, link, name]) =>
        `update-alternatives: using ${path} to provide ${link} (${name}) in auto mode\n`,
    );
    return `Setting up ${dpkgName(one)} (${one.version}) ...\n${links.join('')}`;
  });
  const trigger = `Processing triggers for libc-bin (${release.libc}) ...\n`;
  return each.join('') + (hasLibrary(news) ? trigger : '');
};
