import '#shared/application/ports.ts'; // bites: noRestrictedImports
import '../application/ports.ts'; // bites: noRestrictedImports
import type {} from '#shared/application/queue.ts'; // bites: noRestrictedImports
import '#shared/adapters/memory/ledger.ts'; // bites: noRestrictedImports
import '#shared/storage/keys.ts'; // bites: noRestrictedImports
import '#shared/contracts/commands.ts'; // bites: noRestrictedImports
import '#shared/runtime/http.ts'; // bites: noRestrictedImports
import '#functions/close/daily.ts'; // bites: noRestrictedImports
import '#infra/app.ts'; // bites: noRestrictedImports
import '#test/support/world.ts'; // bites: noRestrictedImports
import '@aws-sdk/client-dynamodb'; // bites: noRestrictedImports
import '@aws-lambda-powertools/logger'; // bites: noRestrictedImports
import '@middy/core'; // bites: noRestrictedImports
import 'node:fs'; // bites: noRestrictedImports
import 'node:fs/promises'; // bites: noRestrictedImports
import { createHash, randomUUID } from 'node:crypto'; // bites: noRestrictedImports

export { createHash, randomUUID };
export const later = () => import('#shared/application/ports.ts'); // bites: noRestrictedImports
