import { canonicalAddress, familyOf, networkOf } from '@netfold/dataplane';

/** `10.1.2.3/8` is kept as its network, `10.0.0.1` as an address. `null`: no address. */
export const hostOrNetwork = (text: string, family: 4 | 6): string | null => {
  const [bare = '', length = family === 4 ? '32' : '128'] = text.split('/');
  const own = canonicalAddress(bare);
  if (own === null || familyOf(own) !== family) return null;
  if (!/^\d{1,3}$/.test(length) || Number(length) > (family === 4 ? 32 : 128)) return null;
  return networkOf(`${own}/${length}`);
};
