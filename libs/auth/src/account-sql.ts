import { createRequire } from 'node:module';
import { dirname } from 'node:path';

const folder = dirname(
  dirname(
    createRequire(import.meta.url).resolve('@netfold/auth/sql/functions/authenticate.sql'),
  ),
);

/** Schema `account` for the migrator: its name, and the folder of its migrations and functions. */
export const accountSchema = { schema: 'account', folder } as const;
