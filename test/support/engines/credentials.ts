/** What the SDK reads from its surroundings; the engines take any credentials. */
export const useLocalCredentials = (): void => {
  process.env['AWS_REGION'] = 'local';
  process.env['AWS_ACCESS_KEY_ID'] = 'local';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'local';
};

/** The same, for what asks for them itself. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;
