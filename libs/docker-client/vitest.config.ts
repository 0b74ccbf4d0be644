export { default } from '../../test/lanes/vitest.base.ts';
