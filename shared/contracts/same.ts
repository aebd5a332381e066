type Deep<T> = T extends string | bigint ? T : { readonly [K in keyof T]: Deep<T[K]> };

/** Fails to compile when a document and its domain type drift apart. */
export type Same<A, B> = [A] extends [B] ? ([B] extends [Deep<A>] ? true : never) : never;
