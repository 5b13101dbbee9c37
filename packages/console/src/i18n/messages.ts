import type { zh } from './zh/index.ts';

/** The shape of all texts: the Chinese tree with any string at its leaves. English has to match it exactly. */
export type Messages = Widen<typeof zh>;

type Widen<T> = { [K in keyof T]: T[K] extends string ? string : Widen<T[K]> };
