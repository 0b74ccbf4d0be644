// Exit code 0 when the service of this container can take work.
const url = `http://127.0.0.1:${process.env.NETFOLD_PORT}/readyz`;
const answer = await fetch(url, { signal: AbortSignal.timeout(8_000) }).catch(() => null);
process.exitCode = answer?.ok === true ? 0 : 1;
