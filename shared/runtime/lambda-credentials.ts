import { readEnv, text } from './env.ts';

export interface LambdaCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * The credentials of the function's role, which Lambda sets for as long as the process lives. Takes the place of
 * `@aws-sdk/credential-provider-node` in the bundles: a function has no profile, no instance and no sign-on to look for
 * credentials in, and must not find any there.
 */
export const defaultProvider = () => async (): Promise<LambdaCredentials> => {
  const env = readEnv({ AWS_ACCESS_KEY_ID: text, AWS_SECRET_ACCESS_KEY: text, AWS_SESSION_TOKEN: text.optional() });
  return {
    accessKeyId: env.AWS_ACCESS_KEY_ID,
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
    ...(env.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: env.AWS_SESSION_TOKEN }),
  };
};
