/** The sandbox in which a node routes published ports of services: it belongs to no container. */
export const ingressContainerId = 'ingress-sbox';

/** Its namespace is `/var/run/docker/netns/ingress_sbox`. */
export const ingressSandboxId = 'ingress_sbox';
