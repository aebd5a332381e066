import '#infra/app.ts'; // bites: noRestrictedImports
import '../../infra/app.ts'; // bites: noRestrictedImports
import '#test/support/world.ts'; // bites: noRestrictedImports
