import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { installVirtualDate } from '../clock.ts';
import type { Call, InvocationError, Report, WorkerStart } from './protocol.ts';

/**
 * The thread one execution environment of a function runs in: it loads the bundle once and then answers one call after
 * the other. What a Lambda would not survive (an unhandled rejection, say) ends the thread.
 */
const start: WorkerStart = workerData;
const { port, realNow } = { port: requirePort(), realNow: Date.now };
installVirtualDate(start.clock);

const say = (report: Report): void => port.postMessage(report);

process.on('uncaughtException', (error, origin) => {
  const type = origin === 'unhandledRejection' ? 'Runtime.UnhandledPromiseRejection' : undefined;
  say({ kind: 'failure', error: describe(error, type), fatal: true });
  process.exit(1);
});

type Handler = (event: unknown, context: object) => unknown;

const handler = await load().catch((error: unknown) => {
  say({ kind: 'failure', error: describe(error), fatal: true });
  return process.exit(1);
});

port.on('message', (call: Call) => void answer(call));
say({ kind: 'ready' });

async function answer(call: Call): Promise<void> {
  try {
    const result = await handler(JSON.parse(call.event), contextOf(call));
    say({ kind: 'result', payload: JSON.stringify(result) ?? '' });
  } catch (error) {
    say({ kind: 'failure', error: describe(error), fatal: false });
  }
}

function contextOf({ requestId, timeoutMilliseconds }: Call): object {
  const deadline = realNow() + timeoutMilliseconds;
  return {
    functionName: start.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: start.functionArn,
    memoryLimitInMB: String(start.memoryMegabytes),
    awsRequestId: requestId,
    logGroupName: process.env['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: process.env['AWS_LAMBDA_LOG_STREAM_NAME'],
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - realNow()),
  };
}

async function load(): Promise<Handler> {
  const exports: Record<string, unknown> = start.isModule
    ? await import(pathToFileURL(start.file).href)
    : createRequire(start.file)(start.file);
  const found = exports[start.exportName];
  if (typeof found === 'function') return (event, context) => found(event, context);
  throw new Error(`${start.file} does not export a function ${start.exportName}`);
}

function describe(thrown: unknown, type?: string): InvocationError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return { errorType: type ?? error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

function requirePort() {
  if (parentPort === null) throw new Error('worker.ts runs in a worker thread only');
  return parentPort;
}
