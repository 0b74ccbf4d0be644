import { expect, test } from 'vitest';
import { StoreUnavailable, storeFailure } from './store-unavailable.ts';

const reply = (code: string): Error => Object.assign(new Error('x'), { severity: 'ERROR', code });

test('a connection that ended, or could not be had, is the store’s', () => {
  expect(storeFailure(new Error('Connection terminated'))).toBeInstanceOf(StoreUnavailable);
  expect(storeFailure(reply('57P01'))).toBeInstanceOf(StoreUnavailable);
  expect(storeFailure(reply('53300'))).toBeInstanceOf(StoreUnavailable);
});

test('a statement that the server refused stays what it is', () => {
  const refused = reply('23505');
  expect(storeFailure(refused)).toBe(refused);
});
