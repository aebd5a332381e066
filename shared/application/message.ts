import type { CommandKind } from '#shared/contracts/commands.ts';
import { ENVELOPE_VERSION, type Envelope } from '#shared/contracts/messages.ts';

/** A command as a queue carries it. */
export const message = (fundId: string, kind: CommandKind, id: string, payload: Envelope['payload']): Envelope => ({
  v: ENVELOPE_VERSION,
  id,
  kind,
  fundId,
  payload,
});
