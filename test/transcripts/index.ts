export {
  engineExchangeNames,
  readEngineExchange,
  readRecording,
  recordingNames,
  stateAfter,
  type EngineExchange,
  type Recording,
  type RecordedMoment,
  type StepAnswer,
  type Topology,
  type TopologyStep,
} from './recording.ts';
export type { ApiExchange } from './engine-tap.ts';
export type { HostState } from './host-state.ts';
