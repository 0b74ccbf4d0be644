/** The runs of CI are the same ones each time: a change is judged by what it changed. */
const recordedSeed = 20_261_121;

const wanted = process.env['NETFOLD_SIMULATION_SEED'];

/** Of all random users. `NETFOLD_SIMULATION_SEED=random` plays runs that nobody has seen yet. */
export const seed =
  wanted === 'random' ? Math.trunc(Math.random() * 2 ** 31) : Number(wanted ?? recordedSeed);
