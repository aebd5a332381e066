import { createDocumentClient } from '#shared/adapters/dynamodb/client.ts';
import { projectBook } from '#shared/adapters/dynamodb/views.ts';
import { readEnv, text } from '#shared/runtime/env.ts';
import { createJournalHandler, fundOf } from '#shared/runtime/stream.ts';

const env = readEnv({ JOURNAL_TABLE: text, VIEWS_TABLE: text });
const client = createDocumentClient();
const tables = { journalTable: env.JOURNAL_TABLE, viewsTable: env.VIEWS_TABLE };

export const handler = createJournalHandler(fundOf, async (funds) => {
  for (const fundId of new Set(funds)) await projectBook(client, tables, fundId);
});
