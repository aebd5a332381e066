import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Attempts of one call for throttling and dropped connections; what remains is the kernel's to handle. */
const ATTEMPTS_MAX = 3;

/**
 * The document client every repository shares. Whole numbers a float holds exactly come as numbers, larger ones as bigint:
 * none is rounded on the way.
 */
export const createDocumentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts: ATTEMPTS_MAX }), {
    unmarshallOptions: {
      wrapNumbers: (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text)),
    },
  });
