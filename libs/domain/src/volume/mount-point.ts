import type { Mount } from '@netfold/contracts';
import type { Container } from '../state/container.ts';
import { cleanPath } from '../file/clean-path.ts';

const tmpfs: Mount = {
  type: 'tmpfs',
  name: '',
  source: '',
  destination: '',
  mode: '',
  isWritable: true,
  propagation: '',
  isAnonymous: false,
};

/** All that a container has mounted: also what `--tmpfs` asks for, which `inspect` tells apart. */
export function mountsIn({ mounts, spec }: Pick<Container, 'mounts' | 'spec'>): readonly Mount[] {
  const given = spec.passThrough.hostConfig['Tmpfs'];
  const all = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  if (all.length === 0) return mounts;
  const own = all.map(([path, options]): Mount => {
    const isWritable = !String(options).split(',').includes('ro');
    return { ...tmpfs, destination: cleanPath(path), isWritable };
  });
  return [...mounts, ...own];
}

/** Whether the path is below what is mounted there. */
export function mountAt(mounts: readonly Mount[], path: string): Mount | null {
  const holding = mounts.filter(
    ({ destination }) => path === destination || path.startsWith(`${destination}/`),
  );
  return holding.toSorted((a, b) => b.destination.length - a.destination.length)[0] ?? null;
}
