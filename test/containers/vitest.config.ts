export { default } from '../lanes/vitest.base.ts';
