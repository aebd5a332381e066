import { defineConfig } from 'vitest/config';

const project = (name: string, timeoutMs: number) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
  },
});

export default defineConfig({
  test: {
    globalSetup: ['infra/require-node.mjs'],
    projects: [
      project('unit', 20_000),
      project('property', 60_000),
      project('component', 120_000),
      project('simulation', 300_000),
      project('infra', 180_000),
      project('deploy', 900_000),
    ],
  },
});
