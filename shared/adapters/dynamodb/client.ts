import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Attempts of one call for throttling and dropped connections; what remains is the kernel's to handle. */
const ATTEMPTS_MAX = 3;

/** The document client every repository shares. Empty collections and text are kept as they are. */
export const createDocumentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts: ATTEMPTS_MAX }), {
    marshallOptions: { removeUndefinedValues: false },
  });
