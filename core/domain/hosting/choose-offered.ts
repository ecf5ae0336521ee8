import type { Answers } from "../form/field.ts";
import { accept, type Outcome, refuse } from "../outcome.ts";
import type { HostingDatabase, HostingRules, HostingRuntime, HostingSize } from "./hosting-rules.ts";
import { noDatabase } from "./hosting-rules.ts";

/** By what and in which size an application is hosted. */
export type Chosen = {
  runtime: HostingRuntime;
  size: HostingSize;
  database: HostingDatabase | undefined;
};

/** What answers name, of what the profile offers. */
export function chooseOffered(hosting: HostingRules, answers: Answers): Outcome<Chosen> {
  const runtime = hosting.runtimes.find(({ name }) => name === answers.runtime);
  const size = hosting.sizes.find(({ name }) => name === answers.size);
  const wished = answers.database === noDatabase ? undefined : answers.database;
  const database = hosting.databases.find(({ name }) => name === wished);
  if (runtime === undefined) return refuse("not-offered", { field: "runtime" });
  if (size === undefined) return refuse("not-offered", { field: "size" });
  if (wished !== undefined && (database === undefined || !runtime.databases.includes(wished))) {
    return refuse("not-offered", { field: "database" });
  }
  return accept({ runtime, size, database });
}
