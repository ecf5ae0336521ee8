import type { Refusal } from "../outcome.ts";

/** What is wrong in a line: a refusal, or one of a line's own. */
export type NameProblem = { line: number } & Refusal;
