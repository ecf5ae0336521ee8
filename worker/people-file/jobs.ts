import type { FileLine } from "../../core/domain/form/csv.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import type { CheckedFile, Register } from "../../core/domain/people/people-file.ts";
import { runInThread } from "../in-thread.ts";

/** What the thread is asked. Between the two the register is looked up. */
export type Job = { do: "parse"; bytes: Uint8Array } | { do: "check"; lines: readonly FileLine[]; register: Register };

const thread = new URL("./thread.ts", import.meta.url);

export function parseInThread(bytes: Uint8Array): Promise<Outcome<FileLine[]>> {
  return run({ do: "parse", bytes }, "parsing a list of people");
}

export function checkInThread(lines: readonly FileLine[], register: Register): Promise<Outcome<CheckedFile>> {
  return run({ do: "check", lines, register }, "checking a list of people");
}

function run<Result>(job: Job, what: string): Promise<Result> {
  return runInThread(thread, job, what);
}
