import { describe, expect, test } from 'vitest';
import { createImportFiles } from '#shared/adapters/s3/import-files.ts';
import { importStep } from '#shared/application/imports/step.ts';
import { REGISTER_BOOK } from '#shared/domain/register/firm.ts';
import { createMemoryFiles } from '../../support/import-files.ts';
import { company, createWorld, people } from '../../support/world.ts';

const HEADER = 'firmId,name,registeredOn,industry,technology';
const rowOf = (n: number): string =>
  `${company(n).id},入库企业${'甲乙丙丁戊己庚辛壬癸'[n % 10]}${n}号,2016-05-20,智能装备,是`;
const jobId = 'IM-AAAAAAAAAAAA';
const fileKey = `imports/${REGISTER_BOOK}/${jobId}.csv`;

const opened = async (text: string | Uint8Array) => {
  const world = createWorld('2019-07-31', undefined, REGISTER_BOOK);
  const files = createMemoryFiles();
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  await files.put(fileKey, bytes);
  const file = {
    jobId,
    kind: 'firms',
    fileName: '入库企业.csv',
    fileKey,
    sha256: '0'.repeat(64),
    bytes: bytes.byteLength,
  };
  await world.run('import.open', file, people.officer);
  const step = (fromRow: number) =>
    importStep({ ledger: world.ledger, kernel: world.kernel, files }, REGISTER_BOOK, jobId, fromRow);
  const job = () => world.read('job', jobId);
  /** Takes the steps the outbox asks for, as the queue would. */
  const finish = async () => {
    for (let round = 0; (await job())?.status === 'open' && round < 1_000; round += 1)
      await step((await job())?.nextRow ?? 0);
    return await job();
  };
  const errors = () => Buffer.from(files.kept.get(`${fileKey}.errors.csv`) ?? []).toString('utf8');
  return { world, files, step, job, finish, errors };
};

describe('a file of rows', () => {
  test('given five hundred rows, when all steps are taken, then every row has taken effect and the job says so', async () => {
    const { world, finish } = await opened([HEADER, ...Array.from({ length: 500 }, (_, i) => rowOf(i + 1))].join('\n'));
    expect(await finish()).toMatchObject({ status: 'done', rows: 500, nextRow: 500, applied: 500, refused: 0 });
    expect(world.entries().filter((e) => e.type === 'firm.enrolled')).toHaveLength(500);
    const outbox = world.entries().flatMap((e) => e.outbox ?? []);
    expect(outbox.map((o) => o.payload['fromRow'])).toEqual([0, 200, 400]);
  });

  test('given rows that do not fit, when the job is done, then each is in the errors file with its reason and no other is lost', async () => {
    const wrongCode = `${company(2).id.slice(0, -1)}${company(2).id.endsWith('0') ? '1' : '0'},某企业,2016-05-20,软件,否`;
    const noDate = `${company(3).id},=HYPERLINK(1),2016-13-20,软件,否`;
    const { world, finish, errors } = await opened([HEADER, rowOf(1), wrongCode, noDate, rowOf(4)].join('\r\n'));
    expect(await finish()).toMatchObject({ status: 'done', applied: 2, refused: 2 });
    expect(await world.read('firm', company(4).id)).toMatchObject({ status: 'registered' });
    const lines = errors().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(/^2,USCC_INVALID,/);
    expect(lines[2]).toMatch(/^3,IMPORT_ROW_INVALID,/);
    expect(lines[2]).toContain("'=HYPERLINK(1)");
  });

  test('given a step cut off after its rows, when it comes again, then nothing is doubled', async () => {
    const { world, step, job, finish, files } = await opened([HEADER, rowOf(1), rowOf(2)].join('\n'));
    const broken = { ...files, put: () => Promise.reject(new Error('the store is silent')) };
    await expect(
      importStep({ ledger: world.ledger, kernel: world.kernel, files: broken }, REGISTER_BOOK, jobId, 0),
    ).rejects.toThrow('silent');
    expect(await job()).toMatchObject({ status: 'open', nextRow: 0 });
    expect(await finish()).toMatchObject({ status: 'done', applied: 0, replayed: 2, refused: 0 });
    await step(0);
    expect(world.entries().filter((e) => e.type === 'firm.enrolled')).toHaveLength(2);
  });

  test('given a row that another file had, when it comes in a corrected file, then it has no second effect', async () => {
    const { world, files, finish } = await opened([HEADER, rowOf(1)].join('\n'));
    await finish();
    const second = { jobId: 'IM-BBBBBBBBBBBB', fileKey: `${fileKey}2` };
    await files.put(second.fileKey, Buffer.from([HEADER, rowOf(1), rowOf(2)].join('\n')));
    const file = { ...second, kind: 'firms', fileName: '更正.csv', sha256: '1'.repeat(64), bytes: 9 };
    await world.run('import.open', file, people.officer);
    await importStep({ ledger: world.ledger, kernel: world.kernel, files }, REGISTER_BOOK, second.jobId, 0);
    expect(await world.read('job', second.jobId)).toMatchObject({ status: 'done', applied: 1, replayed: 1 });
  });

  test.each([
    ['a column missing', 'firmId,name\n1,2'],
    ['a column twice', `${HEADER},name\n`],
    ['no text at all', ' '],
    ['bytes of no encoding', new Uint8Array([0xff, 0xff, 0xff])],
    ['an open quote', `${HEADER}\n"abc`],
  ])(
    'given a file with %s, when its first step comes, then the job fails with a reason and no row takes effect',
    async (_what, text) => {
      const { world, finish } = await opened(text);
      const job = await finish();
      expect(job).toMatchObject({ status: 'failed', applied: 0 });
      expect(job?.failure).toContain('reason');
      expect(world.entries().map((e) => e.type)).toEqual(['import.opened', 'import.failed']);
    },
  );

  test('given a file in GB18030, when it is read, then its names are right', async () => {
    const files = createMemoryFiles();
    await files.put('gbk', new Uint8Array([0xc3, 0xfb, 0x0a, 0xd6, 0xd8, 0xc7, 0xec]));
    expect(await files.rows('gbk', ['名'])).toEqual([{ 名: '重庆' }]);
  });

  test('given steps of three files in turn, then the rows of the two last asked for are not read again', async () => {
    const asked: string[] = [];
    const files = createImportFiles({
      get: async (key) => {
        asked.push(key);
        return Buffer.from(`name\n${key}`);
      },
      put: async () => undefined,
    });
    for (const key of ['a', 'a', 'b', 'a', 'c', 'a', 'b'])
      expect(await files.rows(key, ['name'])).toEqual([{ name: key }]);
    expect(asked).toEqual(['a', 'b', 'c', 'b']);
  });

  test('given a file that is none, when its rows are asked for again, then it is read and refused again', async () => {
    let asked = 0;
    const files = createImportFiles({
      get: async () => {
        asked += 1;
        return Buffer.from('other\n1');
      },
      put: async () => undefined,
    });
    for (let i = 0; i < 2; i += 1)
      await expect(files.rows('a', ['name'])).rejects.toMatchObject({ code: 'IMPORT_FILE_INVALID' });
    expect(asked).toBe(2);
  });

  test('given an empty file with a header, when its step comes, then the job is done with no rows', async () => {
    const { finish } = await opened(`${HEADER}\n`);
    expect(await finish()).toMatchObject({ status: 'done', rows: 0, applied: 0 });
  });
});
