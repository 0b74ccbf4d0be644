import type { ServerResponse } from 'node:http';
import { engineProfile } from '../engine/engine-profile.ts';
import { EngineError, statusOf } from './engine-error.ts';

/** Headers that the engine sends with every answer. */
export const engineHeaders: Readonly<Record<string, string>> = {
  'Api-Version': engineProfile.apiVersion,
  'Docker-Experimental': 'false',
  Ostype: 'linux',
  Server: `Docker/${engineProfile.version} (linux)`,
};

/** Sends a JSON value. The content type has no charset: clients compare it as a string. */
export const sendJson = (response: ServerResponse, status: number, value: unknown): void => {
  sendJsonText(response, status, `${JSON.stringify(value)}\n`);
};

/** Sends text that is JSON already: numbers above 2^53 are written by hand. */
export const sendJsonText = (response: ServerResponse, status: number, text: string): void => {
  const body = Buffer.from(text);
  response.writeHead(status, {
    ...engineHeaders,
    'Content-Type': 'application/json',
    'Content-Length': String(body.length),
  });
  response.end(body);
};

/** An answer without a body: 204, 304, and the 200 of a few old routes. */
export const sendEmpty = (response: ServerResponse, status: number): void => {
  const length = status === 200 || status === 201 ? { 'Content-Length': '0' } : {};
  response.writeHead(status, { ...engineHeaders, ...length });
  response.end();
};

export const sendText = (
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void => {
  const body = Buffer.from(text);
  response.writeHead(status, {
    ...engineHeaders,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(body.length),
    ...headers,
  });
  response.end(body);
};

/** Starts an answer whose end is not known: headers leave at once. */
export const openStream = (response: ServerResponse, contentType: string): void => {
  response.writeHead(200, { ...engineHeaders, 'Content-Type': contentType });
  response.flushHeaders();
};

/** Tells what went wrong. An error that is nobody's refusal tells nothing of its inside. */
export const sendError = (response: ServerResponse, error: unknown): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, message } = failureOf(error);
  if (status === 304) sendEmpty(response, status);
  else sendJson(response, status, { message });
};

/** The same in plain text. @source moby/moby v20.10 api/server/httputils (MakeErrorHandler) */
export const sendErrorText = (response: ServerResponse, error: unknown): void => {
  const { status, message } = failureOf(error);
  if (response.headersSent || status === 304) sendError(response, error);
  else sendText(response, status, `${message}\n`, { 'X-Content-Type-Options': 'nosniff' });
};

const failureOf = (error: unknown): { readonly status: number; readonly message: string } =>
  error instanceof EngineError
    ? { status: statusOf(error.refusalClass), message: error.message }
    : { status: 500, message: 'netfold: the request failed inside the server' };
