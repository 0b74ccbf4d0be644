import { readCommaList } from '../value/comma-list.ts';
import { exactly } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { commaListProblem, labelProblem } from '../command/flag-checks.ts';
import { mapOf } from '../value/key-value-file.ts';
import { planAddresses } from './address-plan.ts';

/** @source docker/cli v20.10 cli/command/network/create.go */
export const create: Command = {
  words: exactly(1),
  checks: {
    label: labelProblem,
    subnet: commaListProblem,
    'ip-range': commaListProblem,
    gateway: commaListProblem,
  },
  run: (call) => {
    const { engine, out } = call;
    const { Id } = engine.post('/networks/create', {}, bodyOf(call)) as { readonly Id: string };
    out.line(Id);
  },
};

const bodyOf = ({ flags, words }: CommandCall): unknown => {
  const from = flags.text('config-from');
  return {
    CheckDuplicate: true,
    Driver: flags.text('driver', 'bridge'),
    Scope: flags.text('scope'),
    EnableIPv6: flags.isOn('ipv6'),
    IPAM: {
      Driver: flags.text('ipam-driver', 'default'),
      Options: mapOf(flags.list('ipam-opt')),
      Config: planAddresses({
        subnets: readCommaList(flags.list('subnet')),
        ranges: readCommaList(flags.list('ip-range')),
        gateways: readCommaList(flags.list('gateway')),
        auxiliary: mapOf(flags.list('aux-address')),
      }),
    },
    Internal: flags.isOn('internal'),
    Attachable: flags.isOn('attachable'),
    Ingress: flags.isOn('ingress'),
    ConfigOnly: flags.isOn('config-only'),
    ConfigFrom: from === '' ? null : { Network: from },
    Options: mapOf(flags.list('opt')),
    Labels: mapOf(flags.list('label')),
    Name: words[0],
  };
};
