import { connect, container, each, network, start, subnetted } from './engine-case.ts';
import type { EngineCase } from './engine-case.ts';

const subnet = '10.60.0.0/24';

const only = (pool: object, more: object = {}) => [subnetted('n1', [pool], more)];

/** Creates, then starts containers: what the kernel refuses comes up late. */
const used = (pool: object, count: number, more: object = {}) => [
  ...only(pool, more),
  ...Array.from({ length: count }, (_, index) => [
    container(`c${index + 1}`, 'n1'),
    start(`c${index + 1}`),
  ]).flat(),
];

/** A second network shows whether the first left its pool behind. */
const twice = (Subnet: string, AuxiliaryAddresses: object) => [
  ...only({ Subnet, AuxiliaryAddresses }),
  subnetted('n2', [{ Subnet }]),
];

const syntax: readonly EngineCase[] = [
  ...each(1, ['10.60.0.0/33'], (Subnet) => only({ Subnet })),
  ...each(2, ['10.60.0.0', 'abc', '10.0.0/24', ''], (Subnet) => only({ Subnet })),
  ...each(3, ['10.60.0.0/-1', '10.60.0.0/+24', '10.60.0.0/024', '10.60.0.0/24 '], (Subnet) =>
    only({ Subnet }),
  ),
  ...each(4, ['010.0.0.0/8', '0x0a.0.0.0/8'], (Subnet) => only({ Subnet })),
  ...each(5, ['10.60.0.5/24'], (Subnet) => only({ Subnet })),
  ...each(6, ['0.0.0.0/0'], (Subnet) => only({ Subnet })),
  ...each(29, ['fe80::1%eth0/64'], (Subnet) => only({ Subnet }, { EnableIPv6: true })),
];

const sizes: readonly EngineCase[] = [
  ...each(7, ['10.60.0.0/31'], (Subnet) => used({ Subnet }, 2)),
  ...each(8, ['10.60.0.0/32'], (Subnet) => used({ Subnet }, 1)),
  ...each(9, ['10.60.0.0/30'], (Subnet) => used({ Subnet }, 2)),
  ...each(10, ['10.60.0.0/31', '10.60.0.4/30'], (IPRange) => used({ Subnet: subnet, IPRange }, 4)),
  {
    input: 11,
    title: 'more networks than predefined pools',
    steps: Array.from({ length: 32 }, (_, index) => network(`n${index + 1}`)),
  },
];

const overlaps: readonly EngineCase[] = [
  ...each(12, [subnet, '10.60.0.0/16', '10.60.0.128/25', '172.17.0.0/24'], (Subnet) => [
    subnetted('n1', [{ Subnet: subnet }]),
    subnetted('n2', [{ Subnet }]),
  ]),
  ...each(12, [['10.60.0.0/25', '10.60.0.128/25']], ([first, second]) => [
    subnetted('n1', [{ Subnet: subnet, IPRange: first }]),
    subnetted('n2', [{ Subnet: subnet, IPRange: second }]),
  ]),
];

const parts: readonly EngineCase[] = [
  ...each(14, ['10.61.0.0/24'], (IPRange) => used({ Subnet: subnet, IPRange }, 1)),
  ...each(15, ['10.60.0.0/16'], (IPRange) => used({ Subnet: subnet, IPRange }, 1)),
  ...each(16, ['10.60.0.9/28'], (IPRange) => used({ Subnet: subnet, IPRange }, 1)),
  ...each(17, ['fd00::/80'], (IPRange) => only({ Subnet: subnet, IPRange })),
  ...each(17, ['abc', '10.60.0.0'], (IPRange) => only({ Subnet: subnet, IPRange })),
  ...each(18, ['10.61.0.1', 'fd00::1'], (Gateway) => only({ Subnet: subnet, Gateway })),
  ...each(19, ['abc', '10.60.0.1/24', '999.1.1.1'], (Gateway) => only({ Subnet: subnet, Gateway })),
  ...each(20, ['10.60.0.0', '10.60.0.255'], (Gateway) => used({ Subnet: subnet, Gateway }, 1)),
  ...each(21, ['10.61.0.1', 'abc', ''], (address, index) =>
    twice(`10.${64 + index}.0.0/24`, { a: address }),
  ),
  {
    input: 22,
    title: 'auxiliary address that is the gateway',
    steps: twice('10.74.0.0/24', { a: '10.74.0.1' }),
  },
  {
    input: 22,
    title: 'the same auxiliary address twice',
    steps: twice('10.75.0.0/24', { a: '10.75.0.9', b: '10.75.0.9' }),
  },
];

const ipv6 = { EnableIPv6: true };

const special: readonly EngineCase[] = [
  ...each(23, ['224.0.0.0/24'], (Subnet) => used({ Subnet }, 1)),
  ...each(23, ['239.1.0.0/24'], (Subnet) => used({ Subnet }, 1, { Internal: true }), 'internal '),
  ...each(
    23,
    ['224.0.2.0/24'],
    (Subnet) => [
      ...only({ Subnet }),
      network('inside', { Internal: true }),
      container('c1', 'inside'),
      start('c1'),
      connect('n1', 'c1'),
      container('c2'),
      start('c2'),
      connect('n1', 'c2'),
    ],
    'of a running container ',
  ),
  ...each(24, ['127.0.0.0/8', '169.254.0.0/16', '240.0.0.0/4', '255.255.255.255/32'], (Subnet) =>
    used({ Subnet }, 1),
  ),
  ...each(25, ['fd00:60::/64'], (Subnet) => used({ Subnet }, 1)),
  ...each(26, ['ff00::/8'], (Subnet) => used({ Subnet }, 1, { EnableIPv6: true })),
  ...each(26, ['ff02::/64', '::/64', '::1:0/112'], (Subnet) => only({ Subnet }, ipv6)),
  ...each(27, ['fe80::/64'], (Subnet) => only({ Subnet }, ipv6)),
  ...each(27, ['fe80::/10'], (Subnet) => used({ Subnet }, 1, { EnableIPv6: true })),
  ...each(28, ['::ffff:10.76.0.0/104', '::ffff:10.76.0.0/120'], (Subnet) => only({ Subnet })),
  ...each(30, ['::/0', 'fd00:60::/127', 'fd00:60::/128'], (Subnet) =>
    used({ Subnet }, 1, { EnableIPv6: true }),
  ),
  ...each(31, [['10.77.0.0/24', '10.78.0.0/24']], (subnets) => [
    subnetted(
      'n1',
      subnets.map((Subnet) => ({ Subnet })),
    ),
  ]),
  {
    input: 31,
    title: '2,000 pools',
    steps: [
      subnetted(
        'n1',
        Array.from({ length: 2_000 }, (_, index) => ({
          Subnet: `10.${100 + (index >> 8)}.${index & 255}.0/24`,
        })),
      ),
    ],
  },
];

/** Inputs 1 to 31. */
export const subnetCases: readonly EngineCase[] = [
  ...syntax,
  ...sizes,
  ...overlaps,
  ...parts,
  ...special,
];
