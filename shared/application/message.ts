import { type CommandKind, ENVELOPE_VERSION, type Envelope } from '#shared/contracts/commands.ts';

/** A command as a queue carries it. */
export const message = (fundId: string, kind: CommandKind, id: string, payload: Envelope['payload']): Envelope => ({
  v: ENVELOPE_VERSION,
  id,
  kind,
  fundId,
  payload,
});
