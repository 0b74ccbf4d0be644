import { familyOf } from '@netfold/dataplane';

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
