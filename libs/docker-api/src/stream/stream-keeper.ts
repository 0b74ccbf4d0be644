/** An answer that goes on: a hijacked connection, or one that sends what happens. */
export type KeptStream = {
  /** Aborted when it is over. */
  readonly closed: AbortSignal;
  /** Tells the client why, and ends it. */
  end(message: string): void;
};

/** Knows the streams that one actor has open, and ends them when the right to them has gone. */
export interface StreamKeeper {
  /** @throws EngineError when the actor may open no more */
  demandRoom(): void;
  /** @param route  by which the stream was opened, `GET /containers/{id}/logs` */
  keep(route: string, stream: KeptStream): void;
}
