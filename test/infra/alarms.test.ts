import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { API_ROUTES } from '#infra/constructs/api-routes.ts';
import { METRICS } from '#shared/storage/names.ts';
import { ofType, PRODUCTION, type StackTemplate, synthesise } from '../support/synthesis.ts';

const { storage, pipeline } = synthesise(PRODUCTION);
const stacks: readonly StackTemplate[] = [storage, pipeline];

const properties = z.looseObject({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.json()),
  TreatMissingData: z.string(),
  Threshold: z.number(),
});
const alarms = stacks.flatMap((stack) =>
  ofType(stack, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => properties.parse(Properties)),
);
const idOf = ({ AlarmName }: { AlarmName: string }): string => AlarmName.replace('jinqu-test-', '');
const ids = alarms.map(idOf);

/** Sections of the runbook, by heading: each part by its name. */
const runbook = new Map(
  readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8')
    .split('\n## Alarms\n')[1]
    ?.split('\n### ')
    .slice(1)
    .map((section) => {
      const [heading = '', ...lines] = section.split('\n');
      const parts = lines.flatMap((line) => {
        const [, part = '', text = ''] = /^- \*\*([A-Z][a-z ]+)\*\*: (\S.*)$/.exec(line) ?? [];
        return part === '' ? [] : [[part, text] as const];
      });
      return [heading, parts] as const;
    }),
);

describe('alarms and runbook', () => {
  test('every alarm has its section, and every section its alarm', () => {
    expect([...runbook.keys()]).toEqual([...ids].sort());
  });

  test.each([...runbook])('the section %s says all there is to say, in order', (_id, parts) => {
    expect(parts.map(([part]) => part)).toEqual(['Symptom', 'Meaning', 'First look', 'Repair', 'Verify']);
  });

  test('the runbook sends nobody to a section that is not there', () => {
    const named = [...runbook.values()].flat().flatMap(([, text]) => text.match(/\b[a-z]+(-[a-z]+)+\b/g) ?? []);
    const sections = named.filter((word) =>
      /-(failing|late|lagging|dead-letters|tampered|errors|throttled)$/.test(word),
    );
    expect(sections.length).toBeGreaterThan(20);
    expect(sections.filter((word) => !runbook.has(word))).toEqual([]);
  });

  test('the runbook asks for nothing the API does not answer', () => {
    const asked = [...runbook.values()].flat().flatMap(([, text]) => text.match(/`(GET|POST) \/[^`]*`/g) ?? []);
    expect(asked.length).toBeGreaterThan(10);
    const answered = new Set<string>(Object.values(API_ROUTES).flat());
    expect(asked.filter((route) => !answered.has(route.replaceAll('`', '')))).toEqual([]);
  });

  test.each(alarms.map((alarm) => [idOf(alarm), alarm] as const))(
    '%s says what broke, what it means, and where to read on',
    (id, alarm) => {
      expect(alarm.AlarmDescription).toMatch(new RegExp(`^[^.]+\\. .+\\. Runbook: docs/runbook\\.md#${id}$`));
      expect(alarm.TreatMissingData).toBe('notBreaching');
    },
  );
});

describe('what is watched', () => {
  test('every queue: one that takes what others give up by its depth, any other by its age', () => {
    const named = stacks
      .flatMap((stack) => ofType(stack, 'AWS::SQS::Queue'))
      .map(([, { Properties }]) => String(Properties['QueueName']).replace('jinqu-test-', '').replace('.fifo', ''));
    const expected = named.map((name) => (name.endsWith('-dead-letters') ? name : `${name}-late`));
    const watched = ids.filter((id) => /-(dead-letters|late)$/.test(id));
    expect(watched.sort()).toEqual(expected.sort());
  });

  test('every function, by its errors', () => {
    const named = ofType(pipeline, 'AWS::Lambda::Function').map(([id, { Properties }]) => [
      `${String(Properties['FunctionName']).replace('jinqu-test-', '')}-failing`,
      { MetricName: 'Errors', Threshold: 1, Dimensions: [{ Name: 'FunctionName', Value: { Ref: id } }] },
    ]);
    const failing = alarms.filter((each) => idOf(each).endsWith('-failing'));
    expect(Object.fromEntries(failing.map((each) => [idOf(each), each]))).toMatchObject(Object.fromEntries(named));
    expect(failing).toHaveLength(named.length);
  });

  test('all functions together, by being turned away', () => {
    const throttled = alarms.find((each) => idOf(each) === 'functions-throttled');
    expect(throttled).toMatchObject({ Namespace: 'AWS/Lambda', MetricName: 'Throttles', Threshold: 1 });
    expect(throttled?.['Dimensions']).toBeUndefined();
  });

  test('every reader of the stream, by how far it is behind', () => {
    const mappings = ofType(pipeline, 'AWS::Lambda::EventSourceMapping').filter(
      ([, { Properties }]) => Properties['StartingPosition'] !== undefined,
    );
    const lagging = alarms.filter((each) => idOf(each).endsWith('-lagging'));
    expect(lagging).toHaveLength(mappings.length);
    for (const alarm of lagging) expect(alarm).toMatchObject({ MetricName: 'IteratorAge', Threshold: 300_000 });
  });

  test('the Journal, by the very metric that its readers write', () => {
    expect(alarms.find((each) => idOf(each) === 'journal-tampered')).toMatchObject({
      Namespace: METRICS.namespace,
      MetricName: METRICS.journalTampered,
      Threshold: 1,
      Statistic: 'Sum',
    });
  });

  test('the API, by its server errors', () => {
    expect(alarms.find((each) => idOf(each) === 'api-server-errors')).toMatchObject({
      MetricName: '5xx',
      Threshold: 1,
    });
  });
});

describe('who is told', () => {
  test('every alarm goes to the one topic, which is encrypted and mails to whom the stage names', () => {
    const [topic, ...others] = stacks.flatMap((stack) => ofType(stack, 'AWS::SNS::Topic'));
    expect(others).toEqual([]);
    expect(topic?.[1].Properties['KmsMasterKeyId']).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^AlarmsKey/), 'Arn'],
    });
    const actions = new Set(alarms.map((alarm) => JSON.stringify(alarm.AlarmActions)));
    // The topic itself in its own stack, and its export in the other.
    expect([...actions].map((text) => text.includes(topic?.[0] ?? 'no topic'))).toEqual([true, true]);
    const [[, subscription] = []] = ofType(storage, 'AWS::SNS::Subscription');
    expect(subscription?.Properties).toMatchObject({ Protocol: 'email', Endpoint: 'on-call@example.com' });
  });

  test('CloudWatch may use the topic’s key', () => {
    const keys = ofType(storage, 'AWS::KMS::Key').filter(([, { Properties }]) =>
      JSON.stringify(Properties).includes('"Service":"cloudwatch.amazonaws.com"'),
    );
    expect(keys.map(([id]) => id)).toEqual([expect.stringMatching(/^AlarmsKey/)]);
  });
});
