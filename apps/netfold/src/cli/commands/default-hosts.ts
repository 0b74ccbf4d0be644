/** A host of the default lab has its number in the last octet of its address and MAC. */
const firstOctet = 11;

/**
 * The hosts of a lab whose file says nothing of networks: one NIC each on 192.168.50.0/24.
 * `h2` is 192.168.50.12 wherever it stands in the list; other names take the free numbers.
 */
export function defaultHosts(names: readonly string[]) {
  const numbers = new Map<string, number>();
  for (const name of names) {
    const number = /^h([1-9]\d?)$/.exec(name)?.[1];
    if (number !== undefined) numbers.set(name, Number(number));
  }
  const taken = new Set(numbers.values());
  let next = 1;
  for (const name of names.filter((each) => !numbers.has(each))) {
    while (taken.has(next)) next += 1;
    taken.add(next);
    numbers.set(name, next);
  }
  return names.map((name) => defaultHost(name, numbers.get(name) ?? 1));
}

function defaultHost(name: string, number: number) {
  const octet = firstOctet - 1 + number;
  return {
    name,
    nics: [
      {
        name: 'eth0',
        lan: 'lan0',
        address: `192.168.50.${octet}/24`,
        mac: `52:54:00:00:32:${octet.toString(16).padStart(2, '0')}`,
      },
    ],
  };
}
