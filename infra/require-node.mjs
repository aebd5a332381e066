/*
 * Plain JavaScript, because it must also run where TypeScript does not: stops with a plain word under a Node that cannot
 * run this project. `npm ci` runs it once (script `prepare`) and every test run again.
 */
const MAJOR_MIN = 24;

if (Number.parseInt(process.versions.node, 10) < MAJOR_MIN) {
  console.error(
    `Jinqu runs on Node ${MAJOR_MIN} or newer; this is ${process.version} (${process.platform} ${process.arch}).\n` +
      'On Linux (x64, arm64) `npm ci` installs the right one, and npm scripts use it: start with npm, as in `npm start`.\n' +
      `Elsewhere install Node ${MAJOR_MIN} first.`,
  );
  process.exit(1);
}

export default () => undefined;
