import * as z from 'zod';
import { createWorklists } from '#shared/adapters/dynamodb/worklists.ts';
import { systemClock } from '#shared/adapters/system/clock.ts';
import { askAllForClose } from '#shared/application/close.ts';
import { bookOf, fundQueue } from '#shared/runtime/container.ts';
import { createFifoHandler } from '#shared/runtime/fifo.ts';

const { client, ledger, tables } = bookOf();
const deps = { ledger, worklists: createWorklists(client, tables.stateTable), queue: fundQueue() };

/** What the schedule sends says nothing but that it is time. */
const tick = z.object({});

export const handler = createFifoHandler(tick, () => askAllForClose(deps, systemClock.today()));
