import { describe, expect, test } from 'vitest';
import { readRecording } from './recording.ts';
import { comparable, freshLab, type } from './typed-lines.ts';

/** Recordings of lines typed at a host's prompt, with the steps whose answers differ and why. */
const recordings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'host-bridge-and-namespaces': { 'ip link show type veth': 'eth0 is one there' },
  'host-link-refusals': {
    'ip link add link eth0 name mv0 type macvlan mode bridge': 'a lab makes none by hand',
    'ip -br link show mv0': 'as above',
    'ip link add dum0 type dummy': 'that kernel has none',
    'ip link add vx0 type vxlan id 42 dstport 4789 remote 192.168.50.12 dev eth0': 'as macvlan',
    'ip link show veth0': 'a lab keeps neither alias nor promiscuity',
    'ip -br l': 'lists what was not made',
    'ip -br link': 'lists what was not made',
  },
  'host-routes': {},
  'host-old-tools': {},
};

describe.each(Object.keys(recordings))('%s', (name) => {
  test('every line answers as it did on a real host', () => {
    const { topology, answers } = readRecording(name);
    const exceptions = recordings[name] ?? {};
    let scene = freshLab();
    const differing: string[] = [];
    for (const [index, step] of topology.steps.entries()) {
      const typed = type(scene, step);
      scene = typed.scene;
      const recorded = answers[index];
      if (recorded === undefined || (step.shell ?? '') in exceptions) continue;
      const [ours, real] = [comparable(typed.answer), comparable(recorded)];
      if (ours !== real) differing.push(`${index} ${step.shell}\n${ours}\n--- recorded\n${real}\n`);
    }
    expect(differing.join('\n')).toBe('');
  });
});
