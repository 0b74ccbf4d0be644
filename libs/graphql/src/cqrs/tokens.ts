/** Under these the use cases stand in the container: interfaces have no name at run time. */
export const gateToken = Symbol('GuardedGate');
export const readersToken = Symbol('GuardedReaders');
export const partsToken = Symbol('GraphqlParts');
