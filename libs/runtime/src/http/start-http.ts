import type { AddressInfo } from 'node:net';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { NetfoldProblem } from '@netfold/configuration';

export type HttpAddress = {
  /** 0 picks a free one. */
  readonly port: number;
  readonly address: string;
};

export type RunningHttp = {
  readonly url: string;
  close(): Promise<void>;
};

/** Serves a module by HTTP. @throws NetfoldProblem when the port is in use */
export async function startHttp(
  module: DynamicModule,
  { port, address }: HttpAddress,
): Promise<RunningHttp> {
  const adapter = new FastifyAdapter({ forceCloseConnections: true });
  const app = await NestFactory.create<NestFastifyApplication>(
    module,
    adapter,
    // What fails is told by us, once.
    { logger: false, abortOnError: false },
  );
  try {
    await app.listen(port, address);
  } catch (cause) {
    await app.close();
    if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE') {
      throw portInUse(port, '--port', cause);
    }
    throw cause;
  }
  const { port: chosen } = app.getHttpServer().address() as AddressInfo;
  const host = address.includes(':') ? `[${address}]` : address;
  return { url: `http://${host}:${chosen}`, close: () => app.close() };
}

/** @param flag  by which another can be chosen */
export const portInUse = (port: number, flag: string, cause: Error): NetfoldProblem =>
  new NetfoldProblem(
    {
      code: 'NF1306',
      problem: `the port ${port} is in use`,
      cause: cause.message,
      fix: `stop the program that has it, or choose another with ${flag} (0 picks a free one)`,
    },
    { cause },
  );
