import { ClientError } from '../command/client-error.ts';
import { readCommaList } from '../value/comma-list.ts';
import { exactly } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { commaListProblem, linkProblem } from '../command/flag-checks.ts';
import { objectPath } from '../command/object-path.ts';
import { plainEndpoint } from './endpoint-settings.ts';

/** @source docker/cli v20.10 cli/command/network/connect.go */
export const connect: Command = {
  words: exactly(2),
  checks: {
    link: linkProblem,
    alias: commaListProblem,
    'link-local-ip': commaListProblem,
    'driver-opt': commaListProblem,
  },
  run: ({ engine, flags, words: [network = '', container] }) => {
    const linkLocal = readCommaList(flags.list('link-local-ip'));
    const EndpointConfig = {
      ...plainEndpoint,
      IPAMConfig: {
        IPv4Address: flags.text('ip') || undefined,
        IPv6Address: flags.text('ip6') || undefined,
        LinkLocalIPs: linkLocal.length === 0 ? undefined : linkLocal,
      },
      Links: flags.isSet('link') ? flags.list('link') : null,
      Aliases: readCommaList(flags.list('alias')),
      DriverOpts: driverOptions(readCommaList(flags.list('driver-opt'))),
    };
    const path = objectPath(`/networks/${network}/connect`);
    engine.done({ method: 'POST', path, body: { Container: container, EndpointConfig } });
  },
};

const driverOptions = (given: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    given.map((one) => {
      const [key = '', ...value] = one.split('=');
      if (value.length === 0) {
        throw new ClientError('invalid key/value pair format in driver options');
      }
      return [key.trim(), value.join('=').trim()];
    }),
  );

/** @source docker/cli v20.10 cli/command/network/disconnect.go */
export const disconnect: Command = {
  words: exactly(2),
  run: ({ engine, flags, words: [network = '', container] }) => {
    const path = objectPath(`/networks/${network}/disconnect`);
    const body = { Container: container, Force: flags.isOn('force') };
    engine.done({ method: 'POST', path, body });
  },
};
