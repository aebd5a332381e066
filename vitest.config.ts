import { defineConfig } from 'vitest/config';

const project = (name: string, timeoutMs: number, isolate = true) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    isolate,
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
  },
});

export default defineConfig({
  test: {
    globalSetup: ['infra/require-node.mjs'],
    // Much of the time is spent waiting for engines that tests start, so no processor is kept back.
    maxWorkers: '100%',
    projects: [
      // They share what they import, which halves their time; none of them changes a module.
      project('unit', 20_000, false),
      project('property', 60_000, false),
      project('component', 120_000),
      project('simulation', 300_000),
      // Loading the CDK takes longer than the tests do; they share it.
      project('infra', 180_000, false),
      project('deploy', 900_000),
    ],
  },
});
