import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { IDENTITY_PORT } from './identity/provider.ts';
import { signIn } from './identity/sign-in.ts';
import { addressOf, runCommand } from './running.ts';

/*
 * `npm run -s token -- officer-1` prints an access token of a local user, got from the running office's identity provider.
 */
await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { directory: { type: 'string', default: '.local' } },
  });
  const [userId = 'officer-1'] = positionals;
  return (await signIn(addressOf(resolve(values.directory), IDENTITY_PORT), userId)).token;
});
