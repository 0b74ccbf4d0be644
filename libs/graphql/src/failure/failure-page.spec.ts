import { expect, test } from 'vitest';
import { failurePage } from './failure-page.ts';

test('the codes of errors in the reference are those of the service', async () => {
  await expect(failurePage()).toMatchFileSnapshot('../../../../docs/reference/graphql-errors.md');
});
