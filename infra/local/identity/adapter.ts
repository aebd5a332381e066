import type { Adapter, AdapterPayload } from 'oidc-provider';
import * as z from 'zod';
import type { LocalState } from '../state.ts';

const recordSchema = z.object({ payload: z.looseObject({}), expiresAt: z.number().optional() });
type Kept = { readonly payload: AdapterPayload; readonly expiresAt?: number | undefined };

const ROOT = 'oidc/';

/** Keeps what the provider stores (sessions, codes, grants) in the cloud's state, one adapter for each kind of it. */
export function createAdapter(state: LocalState): (kind: string) => Adapter {
  dropExpired(state);
  return (kind) => {
    const keyOf = (id: string) => `${ROOT}${kind}/${id}`;
    const read = (key: string): AdapterPayload | undefined => {
      const kept = parse(state.get(key));
      return kept === undefined || isExpired(kept) ? undefined : kept.payload;
    };
    const findBy = (matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined =>
      state
        .list(`${ROOT}${kind}/`)
        .map(({ key }) => read(key))
        .find((payload) => payload !== undefined && matches(payload));
    return {
      upsert: async (id, payload, expiresInSeconds) => {
        const expiresAt = expiresInSeconds === undefined ? undefined : Date.now() + expiresInSeconds * 1000;
        state.set(keyOf(id), JSON.stringify({ payload, expiresAt } satisfies Kept));
      },
      find: async (id) => read(keyOf(id)),
      findByUid: async (uid) => findBy((payload) => payload.uid === uid),
      findByUserCode: async (code) => findBy((payload) => payload.userCode === code),
      consume: async (id) => {
        const kept = parse(state.get(keyOf(id)));
        if (kept === undefined) return;
        const payload = { ...kept.payload, consumed: Math.floor(Date.now() / 1000) };
        state.set(keyOf(id), JSON.stringify({ ...kept, payload } satisfies Kept));
      },
      destroy: async (id) => state.delete(keyOf(id)),
      revokeByGrantId: async (grantId) => {
        for (const { key, value } of state.list(ROOT)) {
          if (parse(value)?.payload.grantId === grantId) state.delete(key);
        }
      },
    };
  };
}

const parse = (text: string | undefined): Kept | undefined =>
  text === undefined ? undefined : recordSchema.parse(JSON.parse(text));

const isExpired = ({ expiresAt }: Kept): boolean => expiresAt !== undefined && expiresAt <= Date.now();

function dropExpired(state: LocalState): void {
  for (const { key, value } of state.list(ROOT)) {
    const kept = parse(value);
    if (kept === undefined || isExpired(kept)) state.delete(key);
  }
}
