import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType } from 'aws-cdk-lib';
import { Code, type Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type BuildOptions, buildSync, type Metafile } from 'esbuild';

/** Context under which each bundle lists beside itself what it is made of; not wanted in a deployment. */
export const METAFILE = 'jinqu:metafile';

/** The file below functions/ without its extension: capability and use case. */
export type Entry = `${string}/${string}`;

/** Root of the repository. */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What runs one function, in one file with everything it needs. */
interface Bundle {
  readonly code: Uint8Array;
  readonly contents: Metafile['outputs'][string];
}

/**
 * The bundles of all functions. They are made together, when the first is asked for: what they have in common, which is most
 * of each, is read once, and esbuild is started once.
 */
export class FunctionBundles {
  readonly #runtime: Runtime;
  readonly #listed: boolean;
  #bundles: ReadonlyMap<string, Bundle> | undefined;

  constructor(scope: Construct, runtime: Runtime) {
    this.#runtime = runtime;
    this.#listed = scope.node.tryGetContext(METAFILE) === true;
  }

  /** The bundle as an asset named by what is in it. It is made only where its stack is to be deployed. */
  codeOf(entry: Entry): Code {
    return Code.fromAsset(`${ROOT}functions`, {
      assetHashType: AssetHashType.OUTPUT,
      bundling: {
        // Never started, for the bundle is made here. The command is what tells the assets of one folder apart.
        image: this.#runtime.bundlingImage,
        command: [entry],
        local: {
          tryBundle: (folder) => {
            this.#write(entry, folder);
            return true;
          },
        },
      },
    });
  }

  #write(entry: Entry, folder: string): void {
    this.#bundles ??= bundleAll();
    const bundle = this.#bundles.get(`functions/${entry}.ts`);
    if (bundle === undefined) throw new Error(`there is no composition root functions/${entry}.ts`);
    writeFileSync(join(folder, 'index.js'), bundle.code);
    // Said beside it, for machines on which a folder above says otherwise.
    writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}\n');
    if (this.#listed) writeFileSync(join(folder, 'index.meta.json'), JSON.stringify(bundle.contents));
  }
}

/** Every composition root, bundled, by its file. */
const bundleAll = (): ReadonlyMap<string, Bundle> => {
  const outdir = mkdtempSync(join(tmpdir(), 'jinqu-bundles-'));
  try {
    // Whatever else is in these folders lists the routes of one.
    const entryPoints = globSync('functions/*/!(*routes).ts', { cwd: ROOT }).sort();
    const { metafile } = buildSync({ ...BUNDLING, entryPoints, outdir, metafile: true });
    return new Map(
      Object.entries(metafile.outputs).map(([file, contents]) => [
        contents.entryPoint ?? file,
        { code: readFileSync(resolve(ROOT, file)), contents },
      ]),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
};

/** CommonJS, because it starts quicker than modules do. `module` before `main`, so that what is not used can be left out. */
const BUNDLING = {
  absWorkingDir: ROOT,
  outbase: 'functions',
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  mainFields: ['module', 'main'],
  minify: true,
  keepNames: true,
  // Chinese as it is written; escaped it takes twice the room.
  charset: 'utf8',
  // The SDK's search for credentials is a fifth of a bundle, and a function only ever has those of its role.
  alias: { '@aws-sdk/credential-provider-node': `${ROOT}shared/runtime/lambda-credentials.ts` },
  // Loaded by the SDK when a call answers with a stream of events; none of ours does.
  external: ['@smithy/core/event-streams'],
} as const satisfies BuildOptions;
