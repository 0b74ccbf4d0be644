import type { UpcastingStep } from './upcasting-step.ts';

/**
 * Every step, oldest first, one file each with a stored example beside it.
 * None yet: until the first stable release events carry version 0 and may still break.
 */
export const upcastingSteps: readonly UpcastingStep[] = [];
