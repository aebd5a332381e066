import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages } from './pages.ts';

const root = join(import.meta.dirname, '../..');
for (const [path, make] of Object.entries(pages)) {
  writeFileSync(join(root, path), make());
  console.log(`written: ${path}`);
}
