import { atLeast } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { isConfirmed } from '../command/confirmation.ts';
import { refusalOf } from '../command/each.ts';
import { objectPath } from '../command/object-path.ts';

const ingressWarning =
  'WARNING! Before removing the routing-mesh network, make sure all the nodes in your swarm run ' +
  'the same docker engine version. Otherwise, removal may not be effective and functionality of ' +
  'newly create ingress networks will be impaired.\nAre you sure you want to continue?';

/** @source docker/cli v20.10 cli/command/network/remove.go */
export const remove: Command = {
  words: atLeast(1),
  run: (call) => {
    const { engine, out, words } = call;
    let exitCode = 0;
    for (const name of words) {
      const path = objectPath(`/networks/${name}`);
      if (name !== '') {
        const found = engine.reply({ method: 'GET', path });
        const isKept = found.status < 400 && isIngress(found.text);
        if (isKept && !isConfirmed(call, ingressWarning)) continue;
      }
      const reply = engine.reply({ method: 'DELETE', path });
      if (reply.status < 400) {
        out.line(name);
      } else {
        out.warn(refusalOf(reply, 'network', name));
        exitCode = 1;
      }
    }
    return exitCode;
  },
};

const isIngress = (network: string): boolean =>
  (JSON.parse(network) as { readonly Ingress?: boolean }).Ingress === true;
