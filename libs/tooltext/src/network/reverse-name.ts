import { canonicalAddress, familyOf } from '@netfold/dataplane';

/** `2.0.18.172.in-addr.arpa` */
export const reverseName = (address: string): string => {
  if (familyOf(address) === 4) return `${address.split('.').toReversed().join('.')}.in-addr.arpa`;
  const [left = '', right = ''] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const missing = 8 - groups(left).length - groups(right).length;
  const zeros = Array.from({ length: address.includes('::') ? missing : 0 }, () => '0');
  const digits = [...groups(left), ...zeros, ...groups(right)]
    .map((group) => group.padStart(4, '0'))
    .join('');
  return `${digits.split('').toReversed().join('.')}.ip6.arpa`;
};

/** What `reverseName` was made of, or `null`: `172.18.0.2` of `2.0.18.172.in-addr.arpa`. */
export const addressOfReverse = (name: string): string | null => {
  const parts = /^((?:\d+\.){4})in-addr\.arpa$/.exec(name)?.[1]?.split('.').slice(0, -1);
  if (parts !== undefined) return canonicalAddress(parts.toReversed().join('.'));
  const digits = /^((?:[\da-f]\.){32})ip6\.arpa$/.exec(name)?.[1]?.replaceAll('.', '') ?? '';
  const groups = digits.split('').toReversed().join('').match(/.{4}/g) ?? [];
  return canonicalAddress(groups.join(':'));
};
