import '#shared/adapters/memory/ledger.ts'; // bites: noRestrictedImports
import '../adapters/memory/ledger.ts'; // bites: noRestrictedImports
import '#shared/storage/tables.ts'; // bites: noRestrictedImports
import '#shared/runtime/route.ts'; // bites: noRestrictedImports
import '#functions/close/daily.ts'; // bites: noRestrictedImports
import '#infra/app.ts'; // bites: noRestrictedImports
import '#test/support/world.ts'; // bites: noRestrictedImports
import '@aws-sdk/lib-dynamodb'; // bites: noRestrictedImports
import '@aws-lambda-powertools/logger'; // bites: noRestrictedImports
import '@middy/core'; // bites: noRestrictedImports
import 'node:fs'; // bites: noRestrictedImports

export const now = () => Date.now(); // bites: noRestrictedGlobals
export const luck = () => Math.random(); // bites: plugin
