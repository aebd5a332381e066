export const now = () => new Date(); // bites: noRestrictedGlobals
export const stage = () => process.env; // bites: noRestrictedGlobals
export const id = () => crypto.randomUUID(); // bites: noRestrictedGlobals
export const rate = () => fetch('https://example.org'); // bites: noRestrictedGlobals
export const pause = () => setTimeout(() => undefined, 1); // bites: noRestrictedGlobals
export const luck = () => Math.random(); // bites: plugin
