// What the image runs: `gateway`, `commander`, `projector` or `bootstrap`, or `netfold` for the
// command line; each with its arguments.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [name = ''] = process.argv.splice(2, 1);
/** Words of the command line that open the databases themselves are in its main program. */
const isOperation = ['verify', 'rebuild', 'parked'].includes(process.argv[2]);
const program = name === 'netfold' && !isOperation ? 'cli' : 'main';
const main = new URL(`../../apps/${name}/dist/${program}.js`, import.meta.url);
if (!/^[a-z]+$/.test(name) || !existsSync(fileURLToPath(main))) {
  process.stderr.write(
    `error: there is no service \`${name}\`\n` +
      '  fix:   name gateway, commander, projector, bootstrap or netfold\n',
  );
  process.exit(1);
}
await import(main);
