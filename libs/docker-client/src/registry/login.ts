import { ClientError } from '../command/client-error.ts';
import { atMost } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { defaultRegistryOf, notInteractive } from '../image/registry-access.ts';

/** @source docker/cli v20.10 cli/command/registry/login.go */
export const login: Command = {
  words: atMost(1),
  run: (call) => {
    const { engine, flags, words } = call;
    const password = passwordOf(call);
    const byDefault = defaultRegistryOf(engine);
    const given = words[0] ?? '';
    const server = ['', 'docker.io'].includes(given) ? byDefault : given;
    const username = flags.text('username').trim();
    if (password === '') throw new ClientError(notInteractive);
    if (username === '') throw new ClientError('netfold: nobody is there to type a user name');
    const serveraddress = server === byDefault ? server : hostOf(server);
    engine.done({ method: 'POST', path: '/auth', body: { username, password, serveraddress } });
    throw new ClientError('netfold: a lab host keeps no files, so the login is not remembered');
  },
};

const passwordOf = ({ flags, out, stdin }: CommandCall): string => {
  const password = flags.text('password');
  const isFromStdin = flags.isOn('password-stdin');
  if (password !== '') {
    out.warn('WARNING! Using --password via the CLI is insecure. Use --password-stdin.');
    if (isFromStdin) {
      throw new ClientError('--password and --password-stdin are mutually exclusive');
    }
  }
  if (!isFromStdin) return password;
  if (flags.text('username') === '') {
    throw new ClientError('Must provide --username with --password-stdin');
  }
  return stdin.text.replace(/\n$/, '').replace(/\r$/, '');
};

/** @source docker/cli v20.10 vendor/…/docker/registry/auth.go ConvertToHostname */
const hostOf = (server: string): string =>
  server.replace(/^https?:\/\//, '').split('/', 1)[0] ?? '';

/**
 * Nothing was kept, so nothing is lost.
 * @source docker/cli v20.10 cli/command/registry/logout.go
 */
export const logout: Command = {
  words: atMost(1),
  run: ({ engine, out, words }) => {
    const given = words[0] ?? '';
    const server = given === '' ? defaultRegistryOf(engine) : hostOf(given);
    out.line(`Removing login credentials for ${server}`);
  },
};
