import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { createVirtualClock, type VirtualClock } from '#infra/local/clock.ts';
import { type LocalCloud, startCloud } from '#infra/local/cloud.ts';
import { smallStack } from './stack.ts';

/** A directory of its own for one test file, and how to be rid of it. */
export function temporaryDirectory(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'jinqu-local-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The small stack, running. */
export async function startSmallCloud(
  directory: string,
  options: { readonly clock?: VirtualClock; readonly issuer?: string } = {},
): Promise<LocalCloud> {
  const stacks = [await smallStack(directory, options.issuer)];
  return await startCloud({
    directory: join(directory, 'cloud'),
    stacks,
    clock: options.clock ?? createVirtualClock(),
  });
}

/** What the functions of the small stack have put into a list, in order. */
export async function listOf({ clients, outputs }: LocalCloud, name: string): Promise<string[]> {
  const TableName = outputs['ListsTable'];
  const { Item } = await clients.dynamodb.send(new GetItemCommand({ TableName, Key: { name: { S: name } } }));
  return (Item?.['kept']?.L ?? []).map(({ S = '' }) => S);
}

/** The event a function of the small stack was called with, out of its answer. */
export async function eventIn(response: Response): Promise<Partial<APIGatewayProxyEventV2WithJWTAuthorizer>> {
  const body = (await response.json()) as { event: APIGatewayProxyEventV2WithJWTAuthorizer };
  return body.event;
}

/** Writes an entry through the API. */
export async function writeEntry(
  { apiUrl }: Pick<LocalCloud, 'apiUrl'>,
  book: string,
  seq: string,
  text = 'plain',
): Promise<void> {
  const response = await fetch(`${apiUrl}/books/${book}/entries/${seq}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: text,
  });
  if (response.status !== 201) throw new Error(`entry ${book}/${seq} was not written: ${response.status}`);
}
