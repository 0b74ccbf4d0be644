import type { Refusal } from '@netfold/contracts';

/** Refusals of family B: Netfold's own. The message is the problem line; `fix` says what to do. */

export function labExists(name: string): Refusal {
  return {
    class: 'conflict',
    code: 'NF2001',
    message: `the lab \`${name}\` already exists`,
    fix: 'choose another id or remove the lab first',
  };
}

export function labMissing(): Refusal {
  return {
    class: 'notFound',
    code: 'NF2002',
    message: 'there is no such lab',
    fix: 'list the labs with `netfold lab ls`, or create one with `netfold lab create`',
  };
}

export function limitReached(what: string, limit: number, inUse: number): Refusal {
  return {
    class: 'unavailable',
    code: 'NF2003',
    message: `the lab has reached its limit of ${limit} ${what}`,
    fix: 'remove what is no longer needed, or use another lab',
    data: { what, limit, inUse },
  };
}

export function invalidText(what: string, text: string, expected: string): Refusal {
  return {
    class: 'invalidParameter',
    code: 'NF2004',
    message: `the ${what} is \`${shortened(text)}\``,
    fix: `write ${expected}`,
    data: { what },
  };
}

export function labHostMissing(name: string): Refusal {
  return {
    class: 'notFound',
    code: 'NF2101',
    message: `the lab has no host \`${shortened(name)}\``,
    fix: 'list the hosts with `netfold lab show`, or add this one',
    data: { host: name },
  };
}

export function labHostExists(name: string): Refusal {
  return {
    class: 'conflict',
    code: 'NF2102',
    message: `the lab already has a host \`${name}\``,
    fix: 'choose another name',
    data: { host: name },
  };
}

export function labHostInSwarm(name: string): Refusal {
  return {
    class: 'conflict',
    code: 'NF2103',
    message: `the host \`${name}\` is a node of a swarm`,
    fix: `leave the swarm first: \`docker swarm leave --force\` on \`${name}\``,
    data: { host: name },
  };
}

export function addressTaken(address: string, holder: string): Refusal {
  return {
    class: 'conflict',
    code: 'NF2104',
    message: `the address \`${address}\` already belongs to \`${holder}\``,
    fix: 'choose an address that is free on this LAN',
    data: { address, holder },
  };
}

export function lanMissing(name: string): Refusal {
  return {
    class: 'invalidParameter',
    code: 'NF2105',
    message: `the lab has no LAN \`${shortened(name)}\``,
    fix: 'name one of the LANs that the lab was created with',
    data: { lan: name },
  };
}

/** Which command of a batch was refused: the rest of the refusal is that command's own. */
export function inBatch(refusal: Refusal, index: number): Refusal {
  return { ...refusal, data: { ...refusal.data, batchIndex: index } };
}

const shownLengthMax = 80;

function shortened(text: string): string {
  return text.length > shownLengthMax ? `${text.slice(0, shownLengthMax)}…` : text;
}

export function ruleThere(): Refusal {
  return {
    class: 'conflict',
    code: 'NF2106',
    message: 'a rule stands at this place of the chain already',
    fix: 'look at the chain again, and name the version that showed it as the expected version',
  };
}
