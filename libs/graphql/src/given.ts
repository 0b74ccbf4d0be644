/** GraphQL lets an optional value be absent or `null`; to us both mean that it is not given. */
export const isGiven = <T>(value: T): value is NonNullable<T> =>
  value !== null && value !== undefined;
