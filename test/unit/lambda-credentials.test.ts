import { afterEach, expect, test, vi } from 'vitest';
import { defaultProvider } from '#shared/runtime/lambda-credentials.ts';

afterEach(() => vi.unstubAllEnvs());

const given = (key: string, secret: string, session: string): void => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', key);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret);
  vi.stubEnv('AWS_SESSION_TOKEN', session);
};

test('given what Lambda sets, then those are the credentials', async () => {
  given('AKID', 'secret', 'session');
  const credentials = await defaultProvider()();
  expect(credentials).toEqual({ accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'session' });
});

test('given no session, or an empty one, then none is sent', async () => {
  given('AKID', 'secret', '');
  expect(await defaultProvider()()).toEqual({ accessKeyId: 'AKID', secretAccessKey: 'secret' });
});

test.each([
  ['', 'secret'],
  ['AKID', ''],
])('given the key «%s» and the secret «%s», then nothing else is looked for', async (key, secret) => {
  given(key, secret, 'session');
  await expect(defaultProvider()()).rejects.toThrow('the environment has no credentials');
});
