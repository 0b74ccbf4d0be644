/** What packages put on the path, as far as somebody types it; of all distributions. */
const tools: Readonly<Record<string, string>> = {
  iproute2: 'ip ss bridge tc rtmon nstat lnstat',
  'iproute2-minimal': 'ip',
  'iproute2-ss': 'ss',
  'iproute2-tc': 'tc',
  'iputils-ping': 'ping ping4 ping6',
  'iputils-arping': 'arping',
  'iputils-tracepath': 'tracepath',
  'iputils-clockdiff': 'clockdiff',
  arping: 'arping',
  'net-tools': 'ifconfig route netstat arp nameif rarp iptunnel ipmaddr',
  'bind9-dnsutils': 'dig nslookup nsupdate mdig delv',
  'bind9-host': 'host',
  'bind-tools': 'dig host nslookup delv nsupdate mdig',
  bash: 'bash',
  curl: 'curl',
  wget: 'wget',
  'netcat-openbsd': 'nc netcat',
  'netcat-traditional': 'nc netcat',
  traceroute: 'traceroute traceroute6 tcptraceroute',
  'inetutils-ping': 'ping ping6',
  'inetutils-traceroute': 'traceroute',
  'inetutils-telnet': 'telnet',
  telnet: 'telnet',
  tcpdump: 'tcpdump',
  'bridge-utils': 'brctl',
  iptables:
    'iptables ip6tables iptables-save ip6tables-save iptables-restore ip6tables-restore ' +
    'iptables-nft iptables-legacy',
  procps: 'ps top free kill pgrep pkill sysctl uptime vmstat w watch pmap pidwait slabtop',
  psmisc: 'killall pstree fuser',
  vim: 'vim vi view vimdiff',
  xxd: 'xxd',
  nano: 'nano rnano',
  less: 'less',
  jq: 'jq',
  sudo: 'sudo visudo',
  conntrack: 'conntrack',
  nftables: 'nft',
  ethtool: 'ethtool',
  socat: 'socat',
  iperf3: 'iperf3',
  'redis-tools': 'redis-cli',
  redis: 'redis-server redis-cli',
  openssl: 'openssl',
  'ca-certificates': 'update-ca-certificates',
  'libcap2-bin': 'capsh getcap setcap',
  dbus: 'dbus-daemon',
};

const byPackage: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(tools).map(([name, line]) => [name, new Set(line.split(' '))]),
);

/** @returns the first of the packages that brings the tool, or `null` */
export function packageWith(tool: string, packages: Iterable<string>): string | null {
  for (const name of packages) if (byPackage.get(name)?.has(tool) === true) return name;
  return null;
}
