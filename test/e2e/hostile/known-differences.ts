/** What a lab answers otherwise than the engine, by the name of the case, and why. */
export const knownDifferences: Readonly<Record<string, string>> = {
  '21 "10.61.0.1"': 'the engine forgets to give the pool back; a lab gives it back',
  '21 "abc"': 'the engine forgets to give the pool back; a lab gives it back',
  '21 ""': 'the engine forgets to give the pool back; a lab gives it back',
  '23 "224.0.0.0/24"': 'a lab starts a container whose gateway no route can lead to',
  '26 "ff00::/8"': 'a lab gives a bridge a multicast IPv6 address',
  '27 "fe80::/10"': 'a lab gives a bridge a second link-local address',
  '28 "::ffff:10.76.0.0/104"': 'a lab takes an IPv4 address in IPv6 form for an IPv6 one',
  '28 "::ffff:10.76.0.0/120"': 'a lab takes an IPv4 address in IPv6 form for an IPv6 one',
  '30 "::/0"': 'a lab gives a bridge the loopback IPv6 address',
  '31 2,000 pools': 'a network has at most 64 pools, which is refused first',
  '41 "02:42:0a:00:00:01:02:03"': 'a lab takes MAC addresses of six octets only',
  '41 "02:02:02:02:02:02:02:02:02:02:02:02:02:02:02:02:02:02:02:02… of 61':
    'a lab takes MAC addresses of six octets only',
  '71 "80-90-100"': 'the engine ignores what is behind a second dash',
  '73 "80/sctp"': 'the recorded machine had no SCTP in its kernel',
  '89 "1000000000"': 'a lab does not refuse an MTU that a veth pair cannot have',
  '89 "67"': 'a lab does not refuse an MTU that a veth pair cannot have',
  '89 "65536"': 'a lab does not refuse an MTU that a veth pair cannot have',
  '90 "n\\u0007"': 'a control character is written as Unicode, not as Go writes it',
  '90 {"Scope":"nosuch"}': 'a lab takes any scope for a local network',
  '101 ".."': 'the engine sends clients that climb up a path elsewhere',
  '101 "%2e%2e"': 'the engine sends clients that climb up a path elsewhere',
  '101 "%zz"': 'the engine refuses a path that is no URL before it looks for what it names',
  '113 exec without a program, of a container that does not run':
    'a lab does not read the size of a terminal',
};
