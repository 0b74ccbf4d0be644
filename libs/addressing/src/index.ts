export * from './cidr.ts';
export * from './ip-address.ts';
export * from './mac.ts';
export * from './port-range.ts';
