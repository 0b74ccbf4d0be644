import { writeFileSync } from 'node:fs';
import { NetfoldProblem } from '@netfold/configuration';
import { tarOf } from '@netfold/docker-api';
import { printed } from '../cli-command.ts';
import type { CliInput, CliOutput } from '../cli-command.ts';
import { json } from '../table.ts';
import { dockerAccess } from './docker-access.ts';
import type { DockerAccess } from './docker-access.ts';
import { hostReference } from './host-reference.ts';

const usage = 'netfold docker-context LAB/HOST -o FILE';

/** `netfold docker-context LAB/HOST`: what `docker context import` takes. */
export async function dockerContext(input: CliInput): Promise<CliOutput> {
  const { positionals, values } = input;
  const at = hostReference(positionals[0] ?? '', 'docker-context', usage);
  const file = values['output'];
  const goesOut = typeof file !== 'string' || file === '-';
  if (goesOut && process.stdout.isTTY) throw onTerminal();
  const access = await dockerAccess(input, at);
  if ('exitCode' in access) return access;
  const archive = contextArchive(access, `${at.host} of Netfold lab ${at.lab}`);
  // All of it is ASCII.
  if (goesOut) return printed(archive.toString('latin1'));
  write(file, archive);
  const { endpoint, expiresAt } = access;
  if (values['json'] === true) return printed(json({ file, endpoint, expiresAt }));
  const name = `${at.lab}-${at.host}`;
  return printed(
    `${file} is a context for ${endpoint}\n` +
      `It is good until ${expiresAt}. To use it:\n` +
      `  docker context import ${name} ${file}\n` +
      `  docker --context ${name} ps\n`,
  );
}

/** Keys are in it. */
function write(file: string, archive: Buffer): void {
  try {
    writeFileSync(file, archive, { mode: 0o600 });
  } catch (cause) {
    throw new NetfoldProblem(
      {
        code: 'NF1010',
        problem: `the context cannot be written to \`${file}\``,
        cause: cause instanceof Error ? cause.message : String(cause),
        fix: 'name a file in a folder that is there and yours',
      },
      { cause },
    );
  }
}

/**
 * A context as it is exported.
 * @source docker/cli cli/context/store/store.go (Export), cli/context/docker/constants.go
 */
function contextArchive({ endpoint, files }: DockerAccess, description: string): Buffer {
  const metadata = JSON.stringify({
    Name: 'netfold',
    Metadata: { Description: description },
    Endpoints: { docker: { Host: endpoint, SkipTLSVerify: false } },
  });
  const folder = (name: string) => entry('directory', name, '', 0o700);
  return tarOf([
    entry('file', 'meta.json', metadata, 0o644),
    folder('tls'),
    folder('tls/docker'),
    ...Object.entries(files).map(([name, text]) =>
      entry('file', `tls/docker/${name}`, text, 0o600),
    ),
  ]);
}

const entry = (kind: 'file' | 'directory', name: string, text: string, mode: number) => ({
  kind,
  name,
  mode,
  content: Buffer.from(text),
  target: '',
  userId: 0,
  groupId: 0,
  modifiedAt: 0,
});

const onTerminal = (): NetfoldProblem =>
  new NetfoldProblem({
    code: 'NF1001',
    problem: 'a context is an archive with keys, which a terminal cannot show',
    cause: 'standard output is a terminal, and no file is named',
    fix: `${usage}, or netfold docker-context LAB/HOST | docker context import NAME -`,
  });
