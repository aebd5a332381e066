import { b } from './cycle-b.ts'; // bites: noImportCycles

export const a = (): number => b();
