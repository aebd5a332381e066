import type { Actor } from '#shared/domain/book/entry.ts';

/** The machine that acts for the fund office: queues, schedules, bank files. */
export const SYSTEM: Actor = { kind: 'system', id: 'jinqu', roles: [] };
