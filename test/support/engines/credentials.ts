/** What the SDK reads from its surroundings; the engines take any credentials. */
export const useLocalCredentials = (): void => {
  process.env['AWS_REGION'] = 'local';
  process.env['AWS_ACCESS_KEY_ID'] = 'local';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'local';
};
