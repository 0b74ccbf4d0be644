import { expect, test } from 'vitest';
import { applyChangesSql, keysSql, tablesSql } from './columns/table-sql.ts';

test('the tables in sql/ are those that the columns declare', async () => {
  await expect(tablesSql()).toMatchFileSnapshot('../sql/tables.sql');
  await expect(keysSql()).toMatchFileSnapshot('../sql/keys.sql');
});

test('the function that applies changes knows every table and column', async () => {
  await expect(applyChangesSql()).toMatchFileSnapshot('../sql/functions/apply_changes.sql');
});
