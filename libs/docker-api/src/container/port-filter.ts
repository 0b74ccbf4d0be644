import { EngineError } from '../http/engine-error.ts';
import type { Filters } from '../http/request.ts';

/** Filters of `docker ps` whose values are ports: `80`, `80/udp`, `80-90/tcp`. */
const portFilters = ['publish', 'expose'];

type PortRange = { readonly first: number; readonly last: number; readonly protocol: string };

const portMax = 65_535;

const numberOf = (text: string): number | string => {
  const parsing = `strconv.ParseUint: parsing ${JSON.stringify(text)}`;
  if (!/^\d+$/.test(text)) return `${parsing}: invalid syntax`;
  return Number(text) > portMax ? `${parsing}: value out of range` : Number(text);
};

/** @source docker/go-connections nat/parse.go ParsePortRange */
const rangeOf = (text: string): PortRange | string => {
  const [ports = '', protocol = 'tcp'] = text.split('/');
  if (ports === '') return 'Empty string specified for ports.';
  const [from = '', to = from] = ports.split(/-(.*)/s);
  const [first, last] = [numberOf(from), numberOf(to)];
  if (typeof first === 'string') return first;
  if (typeof last === 'string') return last;
  if (last < first) return `Invalid range specified for the Port: ${ports}`;
  return { first, last, protocol };
};

/**
 * @source moby/moby v20.10 daemon/list.go portOp
 * @throws EngineError for a value that is no port
 */
export const checkPortFilters = (filters: Filters): void => {
  for (const name of portFilters) {
    for (const value of filters[name] ?? []) {
      if (value.includes(':')) {
        const message = `filter for '${name}' should not contain ':': ${value}`;
        throw new EngineError('internal', message);
      }
      const problem = rangeOf(value);
      if (typeof problem !== 'string') continue;
      throw new EngineError('internal', `error while looking up for ${name} ${value}: ${problem}`);
    }
  }
};

/** @param ports  like `80/tcp` */
export const hasPort = (filters: Filters, name: string, ports: readonly string[]): boolean => {
  const wanted = filters[name];
  if (wanted === undefined) return true;
  return wanted.some((one) => {
    const range = rangeOf(one);
    if (typeof range === 'string') return false;
    return ports.some((port) => {
      const [number, protocol] = port.split('/');
      const isWithin = Number(number) >= range.first && Number(number) <= range.last;
      return isWithin && protocol === range.protocol;
    });
  });
};
