import { a } from './cycle-a.ts'; // bites: noImportCycles

export const b = (): number => a();
