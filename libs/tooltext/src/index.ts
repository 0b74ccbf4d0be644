export type { Input, StackView, Tool, ToolOutput, ToolWorld } from './tool.ts';
export { findTool, hasTool } from './tool-table.ts';
export { findServing } from './serving.ts';
export { findInstalled, findProgram, newBudget, noInput, WatchedInput } from './program.ts';
export type {
  PrintedPiece,
  Program,
  ProgramCall,
  ProgramFinder,
  ProgramOutput,
} from './program-call.ts';
export { shellLimits } from './shell/session.ts';
export { InteractiveShell } from './shell/interactive.ts';
export type { LineOutput } from './shell/interactive.ts';
export { commandName } from './command-name.ts';
export { kernel } from './files/system.ts';
export { hostWorld } from './world/host-world.ts';
export { EngineAsked } from './world/engine-line.ts';
export type { Asked, EngineTalk } from './world/engine-line.ts';
export type { Place } from './world/place.ts';
export { containerWorld } from './world/container-world.ts';
export { asContainer } from './world/run-as.ts';
export type { RunAs } from './world/run-as.ts';
export { compilePattern, findMatch } from './pattern/pattern.ts';
export type { Pattern } from './pattern/pattern.ts';
export { BadPattern } from './pattern/syntax.ts';
