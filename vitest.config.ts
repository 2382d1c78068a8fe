import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const labSetup = 'test/lab/global-setup.ts';

/** unit: no Docker, at any time, anywhere. box: one MariaDB. lab: the whole lab of Asterisks. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['**/*.box.test.ts', '**/*.lab.test.ts', 'test/boxes/**'],
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
      {
        test: { name: 'box', include: ['test/**/*.box.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 },
      },
      {
        test: {
          name: 'lab',
          include: ['test/**/*.lab.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // the machine has two cores, and each file has calls of its own in flight
          maxWorkers: 2,
          ...(existsSync(labSetup) ? { globalSetup: [labSetup] } : {}),
        },
      },
    ],
  },
});
