import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type StageInput, stageConfig } from '#infra/config.ts';
import { STAGE, synthesise, UNBUNDLED } from '../support/synthesis.ts';

const STAGES = new URL('../../infra/stages/', import.meta.url);

describe('a stage’s configuration', () => {
  test.each(readdirSync(STAGES))('%s is one, and deploys', (file) => {
    const stage = stageConfig.parse(JSON.parse(readFileSync(new URL(file, STAGES), 'utf8')));
    expect(`${stage.stage}.json`).toBe(file);
    expect(synthesise(stage).terminationProtected).toBe(stage.production);
  });

  test('has safe answers for what it does not say', () => {
    expect(stageConfig.parse(STAGE)).toMatchObject({
      logRetentionDays: 180,
      architecture: 'arm64',
      closeAt: '00:30',
      api: { requestsPerSecond: 50, burst: 100 },
      identity: { rolesClaim: 'roles', fundsClaim: 'funds', scopes: [] },
    });
  });

  const identity = STAGE.identity;
  test.each([
    ['a stage that would not be a name', { stage: 'Prod 1' }],
    ['a region that is none', { region: 'Beijing' }],
    ['an issuer without https', { identity: { ...identity, issuer: 'http://id.example.com' } }],
    ['an issuer that is no address', { identity: { ...identity, issuer: 'id.example.com' } }],
    ['no audience', { identity: { ...identity, audience: [] } }],
    ['a retention CloudWatch does not know', { logRetentionDays: 200 }],
    ['an architecture Lambda has not', { architecture: 'riscv' }],
    ['an hour that is none', { closeAt: '24:00' }],
    ['a role that is no ARN', { breakGlassRoleArn: 'admin' }],
    ['no requests at all', { api: { requestsPerSecond: 0 } }],
    ['something nobody asked for', { deletionProtection: false }],
  ])('refuses %s', (_name, changes) => {
    expect(stageConfig.safeParse({ ...STAGE, ...changes }).success).toBe(false);
  });

  test('takes an issuer on this machine as it is', () => {
    const local = { ...STAGE, identity: { ...identity, issuer: 'http://127.0.0.1:4000' } };
    expect(stageConfig.safeParse(local).success).toBe(true);
  });

  test('names function and claims as the identity provider does', () => {
    const named: StageInput = {
      ...STAGE,
      identity: { ...identity, rolesClaim: 'realm_roles', fundsClaim: 'jinqu_funds' },
    };
    const text = JSON.stringify(synthesise(named).pipeline);
    expect(text).toContain('"ROLES_CLAIM":"realm_roles"');
    expect(text).toContain('"FUNDS_CLAIM":"jinqu_funds"');
  });
});

describe('infra/app.ts', () => {
  test('synthesises the stage of a file that is named in the context', () => {
    const directory = mkdtempSync(join(tmpdir(), 'jinqu-app-'));
    try {
      const file = join(directory, 'elsewhere.json');
      writeFileSync(file, JSON.stringify({ ...STAGE, stage: 'elsewhere' }));
      const environment = {
        ...process.env,
        CDK_OUTDIR: join(directory, 'cdk.out'),
        CDK_CONTEXT_JSON: JSON.stringify({ stage: file, ...UNBUNDLED }),
      };
      execFileSync(process.execPath, ['infra/app.ts'], { env: environment, stdio: 'pipe' });
      const manifest = readFileSync(join(directory, 'cdk.out', 'manifest.json'), 'utf8');
      expect(manifest).toContain('"stackName": "jinqu-elsewhere-storage"');
      expect(manifest).toContain('"stackName": "jinqu-elsewhere-pipeline"');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
