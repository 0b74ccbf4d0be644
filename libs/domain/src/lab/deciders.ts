import { containsAddress, parseCidr, parseIp } from '@netfold/addressing';
import type { Command, LabCommand, LanSpec, Refusal } from '@netfold/contracts';
import { accepted, refused } from '../decision.ts';
import type { Decision } from '../decision.ts';
import { initial } from '../evolve.ts';
import { addHost } from '../host/deciders.ts';
import { limits } from '../limits.ts';
import { invalidText, labExists, limitReached } from '../refusal/lab.ts';
import type { Lab } from '../state/lab.ts';
import { begin } from '../work.ts';
import type { Work } from '../work.ts';

type CreateLab = Extract<LabCommand, { type: 'CreateLab' }>;

const labNameForm = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;

/** A lab begins with its LANs and hosts, each with a fresh engine. */
export function createLab(lab: Lab, command: Command, body: CreateLab): Decision {
  if (lab.state === 'active') return refused(labExists(lab.name));
  const refusal = lab.state === 'removed' ? labExists(lab.name) : refusalOfLab(body);
  if (refusal !== null) return refused(refusal);
  const work = begin(initial, command);
  const { name, lans, images } = body;
  work.emit({ type: 'LabCreated', data: { name, lans, images, createdAt: command.now } });
  for (const [index, host] of body.hosts.entries()) {
    const outcome = addHost(work, host);
    if (outcome.kind === 'refused') {
      return refused({ ...outcome.refusal, field: ['hosts', index] });
    }
  }
  return accepted(work.events, { ids: { labId: command.labId }, warnings: [] });
}

export function removeLab(work: Work): Decision {
  work.emit({ type: 'LabRemoved', data: {} });
  return accepted(work.events);
}

function refusalOfLab(body: CreateLab): Refusal | null {
  if (!labNameForm.test(body.name) || body.name.length > limits.nameLengthMax) {
    return invalidText('name of the lab', body.name, nameAdvice);
  }
  if (body.hosts.length > limits.hostsPerLabMax) {
    return limitReached('hosts', limits.hostsPerLabMax, body.hosts.length);
  }
  const imageCount = Object.keys(body.images ?? {}).length;
  if (imageCount > limits.imagesPerCatalogueMax) {
    return limitReached('images', limits.imagesPerCatalogueMax, imageCount);
  }
  if (body.lans.length > limits.lansPerLabMax) {
    return limitReached('LANs', limits.lansPerLabMax, body.lans.length);
  }
  for (const [index, lan] of body.lans.entries()) {
    const refusal = refusalOfLan(lan, body.lans.slice(0, index));
    if (refusal !== null) return { ...refusal, field: ['lans', index] };
  }
  return null;
}

const nameAdvice = [
  `1 to ${limits.nameLengthMax} letters, digits, \`-\`, \`_\` or \`.\``,
  'a letter or digit first',
].join(', ');

function refusalOfLan(lan: LanSpec, others: readonly LanSpec[]): Refusal | null {
  if (!labNameForm.test(lan.name) || lan.name.length > limits.nameLengthMax) {
    return invalidText('name of the LAN', lan.name, nameAdvice);
  }
  if (others.some((other) => other.name === lan.name)) {
    return invalidText('name of the LAN', lan.name, 'a name that no other LAN of the lab has');
  }
  const subnet = parseCidr(lan.subnet);
  if (subnet === null || subnet.family !== 4 || subnet.address !== subnet.network) {
    return invalidText('subnet of the LAN', lan.subnet, 'an IPv4 network such as 192.168.50.0/24');
  }
  const gateway = parseIp(lan.gateway);
  if (gateway === null || !containsAddress(subnet, gateway)) {
    return invalidText('gateway of the LAN', lan.gateway, `an address of ${lan.subnet}`);
  }
  return null;
}
