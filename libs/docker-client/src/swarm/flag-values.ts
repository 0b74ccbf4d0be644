import { readCommaList } from '../value/comma-list.ts';
import { readRecord } from '../value/record.ts';
import { parseSubnet, subnetText } from '../value/subnet.ts';
import { ValueProblem } from '../value/value-problem.ts';

const defaultAddress = '0.0.0.0:2377';

/**
 * `eth0` or `10.0.0.1:2377` as an address with its port.
 *
 * @param before where host and port come from that are not given
 * @throws ValueProblem
 * @source docker/cli v20.10 cli/command/swarm/opts.go NodeAddrOption, opts/hosts.go ParseTCPAddr
 */
export const readListenAddress = (text: string, before = defaultAddress): string => {
  const address = text.replace(/^tcp:\/\//, '');
  if (address === '') return before;
  if (address.includes('://')) throw new ValueProblem(`Invalid proto, expected tcp: ${text}`);
  const [, authority = '', path = ''] = /^([^/?#]*)(\/[^?#]*)?/.exec(address) ?? [];
  const [, badPort] = /(:[^:\]]*[^:\]\d][^:\]]*)$/.exec(authority) ?? [];
  if (badPort !== undefined) {
    const told = JSON.stringify(`tcp://${address}`);
    throw new ValueProblem(`parse ${told}: invalid port ${JSON.stringify(badPort)} after host`);
  }
  const [, bracketed, plain, port = ''] =
    /^(?:\[([^\]]*)\]|([^:]*))(?::(\d*))?$/.exec(authority) ?? [];
  const [, defaultHost = '', defaultPort = ''] = /^(.*):(\d*)/.exec(before) ?? [];
  const host = bracketed ?? plain ?? authority;
  const shown = host === '' ? defaultHost.replace(/^\[(.*)\]$/, '$1') : host;
  const name = shown.includes(':') ? `[${shown}]` : shown;
  return `${name}:${port === '' ? defaultPort : port}${path}`;
};

/**
 * `10.20.0.0/16,10.30.0.0/16`
 *
 * @throws ValueProblem
 * @source docker/cli v20.10 cli/command/swarm/ipnet_slice.go
 */
export const readAddressPools = (text: string): readonly string[] =>
  readCommaList([text.replaceAll(/["'`]/g, '')]).map((one) => {
    const subnet = parseSubnet(one.trim());
    if (subnet === null) {
      throw new ValueProblem(`invalid string being converted to CIDR: ${one}`);
    }
    return subnetText(subnet);
  });

export type ExternalCa = {
  readonly Protocol: 'cfssl';
  readonly URL: string;
  readonly Options?: Readonly<Record<string, string>>;
  readonly CACert: string;
};

/**
 * `protocol=cfssl,url=https://example.com`
 *
 * @throws ValueProblem
 * @source docker/cli v20.10 cli/command/swarm/opts.go parseExternalCA
 */
export const readExternalCa = (text: string): ExternalCa => {
  const options: Record<string, string> = {};
  let hasProtocol = false;
  let url: string | null = null;
  for (const field of readRecord(text)) {
    const at = field.indexOf('=');
    if (at < 0) throw new ValueProblem(`invalid field '${field}' must be a key=value pair`);
    const [key, value] = [field.slice(0, at), field.slice(at + 1)];
    if (key.toLowerCase() === 'protocol') {
      if (value.toLowerCase() !== 'cfssl') {
        throw new ValueProblem(`unrecognized external CA protocol ${value}`);
      }
      hasProtocol = true;
    } else if (key.toLowerCase() === 'url') {
      url = value;
    } else if (key.toLowerCase() === 'cacert') {
      const cause = `open ${value}: no such file or directory`;
      throw new ValueProblem(`unable to read CA cert for external CA: ${cause}`);
    } else {
      options[key] = value;
    }
  }
  if (!hasProtocol) throw new ValueProblem('the external-ca option needs a protocol= parameter');
  if (url === null) throw new ValueProblem('the external-ca option needs a url= parameter');
  const isPlain = Object.keys(options).length === 0;
  return { Protocol: 'cfssl', URL: url, ...(isPlain ? {} : { Options: options }), CACert: '' };
};
