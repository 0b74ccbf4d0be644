/** A port as `GET /containers/json` lists it. */
export type ListedPort = {
  readonly IP?: string;
  readonly PrivatePort: number;
  readonly PublicPort?: number;
  readonly Type: string;
};

type Range = { readonly key: string; readonly first: number; last: number };

/**
 * `0.0.0.0:80-81->80-81/tcp, 9000/tcp`: ports that follow each other are one range.
 *
 * @source docker/cli v20.10 cli/command/formatter/container.go DisplayablePorts
 */
export const portsText = (ports: readonly ListedPort[]): string => {
  const ranges = new Map<string, Range>();
  const done: string[] = [];
  const mapped: string[] = [];
  for (const port of ports.toSorted(byNumber)) {
    const { IP = '', PrivatePort, PublicPort = 0, Type } = port;
    if (IP !== '' && PublicPort !== PrivatePort) {
      mapped.push(`${IP}:${PublicPort}->${PrivatePort}/${Type}`);
      continue;
    }
    const key = IP === '' ? Type : `${IP}/${Type}`;
    const range = ranges.get(key);
    if (range !== undefined && PrivatePort === range.last + 1) {
      range.last = PrivatePort;
      continue;
    }
    if (range !== undefined) done.push(rangeText(range));
    ranges.set(key, { key, first: PrivatePort, last: PrivatePort });
  }
  return [...done, ...Array.from(ranges.values(), rangeText), ...mapped].join(', ');
};

const rangeText = ({ key, first, last }: Range): string => {
  const [before = '', behind] = key.split('/');
  const numbers = first === last ? String(first) : `${first}-${last}`;
  return behind === undefined
    ? `${numbers}/${before}`
    : `${before}:${numbers}->${numbers}/${behind}`;
};

const byNumber = (a: ListedPort, b: ListedPort): number => {
  if (a.PrivatePort !== b.PrivatePort) return a.PrivatePort - b.PrivatePort;
  if (a.IP !== b.IP) return (a.IP ?? '') < (b.IP ?? '') ? -1 : 1;
  if (a.PublicPort !== b.PublicPort) return (a.PublicPort ?? 0) - (b.PublicPort ?? 0);
  return a.Type < b.Type ? -1 : 1;
};
