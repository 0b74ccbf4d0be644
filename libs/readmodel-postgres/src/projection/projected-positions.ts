import { storeFailure } from '@netfold/application';
import type { ProjectedPositions } from '@netfold/application';
import type { Pool } from 'pg';

/** How far the tables of a projector's database have come, for those who only read them. */
export class PostgresProjectedPositions implements ProjectedPositions {
  readonly #pool: Pool;

  /** @param pool connections of the reader role; the positions belong to no tenant */
  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** @throws StoreUnavailable */
  async projectedPosition(partition: number): Promise<number> {
    try {
      const { rows } = await this.#pool.query<{ position: number }>({
        name: 'projected_position',
        text: 'select position::float8 as position from projection.checkpoint where partition = $1',
        values: [partition],
      });
      return rows[0]?.position ?? 0;
    } catch (error) {
      throw storeFailure(error);
    }
  }
}
