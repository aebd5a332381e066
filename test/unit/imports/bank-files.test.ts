import { describe, expect, test } from 'vitest';
import { importStep } from '#shared/application/imports/step.ts';
import type { Actor } from '#shared/domain/book/entry.ts';
import { claimIdOf } from '#shared/domain/guarantee/claim.ts';
import { documents, fallsDue } from '../../support/claims.ts';
import {
  charters,
  createCompensationWorld,
  createGradedWorld,
  filingOf,
  rcb,
  strongFacts,
} from '../../support/compensation-world.ts';
import { createMemoryFiles } from '../../support/import-files.ts';
import { company, people, WAN, type World } from '../../support/world.ts';

const HASH = 'a'.repeat(64);
const files = createMemoryFiles();

/** Hands a file in and takes all its steps. */
const upload = async (world: World, kind: string, text: string, owner: Actor) => {
  const jobId = `IM-${String(world.entries().length).padStart(12, '0')}`;
  const fileKey = `imports/kv/${jobId}.csv`;
  const bytes = Buffer.from(text);
  await files.put(fileKey, bytes);
  const file = { jobId, kind, fileName: `${kind}.csv`, fileKey, sha256: HASH, bytes: bytes.byteLength };
  await world.run('import.open', file, owner);
  for (let job = await world.read('job', jobId); job?.status === 'open'; job = await world.read('job', jobId))
    await importStep({ ledger: world.ledger, kernel: world.kernel, files }, 'kv', jobId, job.nextRow);
  const errors = Buffer.from(files.kept.get(`${fileKey}.errors.csv`) ?? []).toString('utf8');
  return { job: await world.read('job', jobId), errors };
};

const csv = (rows: readonly Readonly<Record<string, string>>[]): string =>
  [Object.keys(rows[0] ?? {}).join(','), ...rows.map((row) => Object.values(row).join(','))].join('\n');

const loan = (n: number, changes: object = {}) => ({
  contractNumber: `HT-${n}`,
  enterpriseId: company(n).id,
  enterpriseName: company(n).name,
  sizeClass: 'small',
  district: 'yongchuan',
  product: 'kechuang',
  coveredYuan: '1000000.00',
  uncoveredYuan: '0',
  annualRate: '0.043',
  feeRate: '0',
  termMonths: '12',
  drawnOn: '2018-03-01',
  contractSha256: HASH,
  drawdownSha256: HASH,
  ...changes,
});

describe('files of a cooperating bank', () => {
  test('given loans to file, when a bank hands them in, then each is filed as its own and what does not fit comes back', async () => {
    const world = await createGradedWorld(2);
    const { job, errors } = await upload(
      world,
      'filings',
      csv([loan(1), loan(2, { coveredYuan: '12.345' }), loan(3, { termMonths: 'a year' })]),
      rcb,
    );
    expect(job).toMatchObject({ status: 'done', rows: 3, applied: 1, refused: 2 });
    expect(await world.read('filing', filingOf(1))).toMatchObject({ bankId: 'rcb', coveredFen: 100n * WAN });
    expect(errors).toContain('2,AMOUNT_INVALID,');
    expect(errors).toContain('3,IMPORT_ROW_INVALID,');
  });

  test('given a file handed in twice, when it is dealt with again, then the book gains no loan', async () => {
    const world = await createGradedWorld(1);
    await upload(world, 'filings', csv([loan(1)]), rcb);
    const { job } = await upload(world, 'filings', csv([loan(1)]), rcb);
    expect(job).toMatchObject({ applied: 0, replayed: 1, refused: 0 });
    expect(world.entries().filter((e) => e.type === 'filing.confirmed')).toHaveLength(1);
  });

  test('given loans of one bank, when a person who is no bank hands in balances, then every row is refused', async () => {
    const world = await createGradedWorld(1);
    await upload(world, 'filings', csv([loan(1)]), rcb);
    const balance = { contractNumber: 'HT-1', asOf: '2018-03-01', coveredYuan: '900000', uncoveredYuan: '0' };
    const refused = await upload(world, 'balances', csv([balance]), people.officer);
    expect(refused.job).toMatchObject({ applied: 0, refused: 1 });
    const taken = await upload(world, 'balances', csv([balance]), rcb);
    expect(taken.job).toMatchObject({ applied: 1, refused: 0 });
    expect(await world.read('filing', filingOf(1))).toMatchObject({ outstandingFen: 90n * WAN });
  });

  test('given a loan that went bad, when the bank claims by file, then the claim stands with its documents', async () => {
    const world = await createGradedWorld(1);
    await upload(world, 'filings', csv([loan(1)]), rcb);
    await fallsDue(world, filingOf(1));
    const row = {
      contractNumber: 'HT-1',
      interestYuan: '0',
      documents: documents.map((d) => `${d.type}|${d.name}|${d.sha256}|${d.bytes}`).join(';'),
      court: '永川区人民法院',
      suitNumber: '（2018）渝0118民初1号',
      acceptedOn: '2018-08-01',
    };
    world.clock.set('2018-09-03');
    const { job, errors } = await upload(world, 'claims', csv([{ ...row, documents: 'no document' }, row]), rcb);
    expect(errors).toContain('type|name|sha256|bytes');
    expect(job).toMatchObject({ applied: 1, refused: 1 });
    expect(await world.read('claim', claimIdOf(filingOf(1)))).toMatchObject({
      status: 'submitted',
      lossFen: 100n * WAN,
    });
  });
});

describe('files of the office', () => {
  test('given facts of enterprises, when an officer hands them in, then each has its grade and limit', async () => {
    const world = await createCompensationWorld(charters.kv2017);
    const row = (n: number) => ({
      enterpriseId: company(n).id,
      enterpriseName: company(n).name,
      factsOn: '2018-02-01',
      sourceSha256: HASH,
      ...strongFacts,
    });
    const { job } = await upload(world, 'gradings', csv([row(1), row(2)]), people.officer);
    expect(job).toMatchObject({ applied: 2, refused: 0 });
    expect(await world.read('enterprise', company(2).id)).toMatchObject({ grade: { grade: 'A' } });
  });
});
