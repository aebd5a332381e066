const send = async (): Promise<void> => undefined;

export const run = (): void => {
  send(); // bites: no-floating-promises
  [1].forEach(async () => send()); // bites: no-misused-promises
};
export const wait = async (): Promise<number> => await 1; // bites: await-thenable
