import { describe, expect, test } from 'vitest';
import { PRODUCTION, synthesise } from '../support/synthesis.ts';

describe.each(['cn-north-1', 'cn-northwest-1'])('in %s', (region) => {
  const { storage, pipeline } = synthesise({ ...PRODUCTION, region });
  const text = JSON.stringify([storage, pipeline]);

  test('every ARN that names a partition names China’s', () => {
    const partitions = new Set(text.match(/arn:aws[a-z-]*:/g));
    expect(partitions).toEqual(new Set(['arn:aws-cn:']));
  });

  test('no address ends where those of the rest of the world do', () => {
    // Services that act for us are called so everywhere.
    const principals = /"(Service|Principal)":"[a-z0-9.]+\.amazonaws\.com"/g;
    expect(text.replace(principals, '').match(/[^"]*(amazonaws\.com|aws\.amazon\.com)[^"]*/g)).toBeNull();
  });

  test('nothing is asked of services that are not there', () => {
    expect(text.match(/AWS::(Cognito|SES|CloudFront|RUM|ApplicationSignals|Evidently)::\w+/g)).toBeNull();
  });
});
