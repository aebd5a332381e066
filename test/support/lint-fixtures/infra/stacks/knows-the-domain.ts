import '#shared/domain/money.ts'; // bites: noRestrictedImports
import '../../shared/domain/money.ts'; // bites: noRestrictedImports
import '#shared/application/ports.ts'; // bites: noRestrictedImports
import '#shared/adapters/memory/ledger.ts'; // bites: noRestrictedImports
import '#functions/close/daily.ts'; // bites: noRestrictedImports
