import { HealthModule } from '../http/health.module.ts';
import { startHttp } from '../http/start-http.ts';
import type { HttpAddress, RunningHttp } from '../http/start-http.ts';
import { ProcessMetrics } from '../metrics/process-metrics.ts';

/** Says at a service's own address why the service is not ready, until it listens there itself. */
export class StandIn {
  readonly #address: HttpAddress;
  #problem = '';
  #http: RunningHttp | null = null;

  constructor(address: HttpAddress) {
    this.#address = address;
  }

  /** @throws NetfoldProblem when the port is in use */
  async say(problem: string): Promise<void> {
    this.#problem = problem;
    if (this.#http !== null) return;
    const readiness = { problem: () => Promise.resolve(this.#problem) };
    const module = HealthModule.forRoot({ metrics: new ProcessMetrics(), readiness });
    this.#http = await startHttp(module, this.#address);
  }

  /** Leaves the address to the service. */
  async leave(): Promise<void> {
    const http = this.#http;
    this.#http = null;
    await http?.close();
  }
}
