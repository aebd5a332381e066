/** `seed-fund` as constructs are called: `SeedFund`. */
export const pascal = (id: string): string =>
  id.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase());
