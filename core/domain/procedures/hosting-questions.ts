import { hostingFailures, seenFrom } from "../hosting/hosting-failure.ts";
import { optionalNote, type Step } from "./procedure.ts";

const results = ["passed", "failed", "not-applicable"] as const;

/** The application itself: the archive of a site, a dump of its database, an image. A machine checks them (R12). */
export const applicationFiles = { name: "application-files", kind: "files" } as const;

/** One of the checks that a machine has made of them. */
export const machineCheck = { name: "machine-check", kind: "register", register: "machine-checks" } as const;

/** The number and date of a handover record (BAST). */
export const handoverRecord = [
  { name: "record-number", kind: "line", maxLength: 60 },
  { name: "record-date", kind: "day" },
] as const;

/** An address of a prefix, the next that is free or a wished one, and the name that leads there (R10, R14). */
export const address = [
  { name: "address-from", kind: "register", register: "address-sources" },
  { name: "ip-address", kind: "ip-address", optional: true },
  { name: "dns-name", kind: "dns-name", optional: true },
  optionalNote,
] as const;

/** Where and how an application is to be built. Without a port it is the runtime's. */
export const applicationPlan = [
  { name: "target", kind: "register", register: "hosting-targets" },
  { name: "runtime", kind: "register", register: "hosting-runtimes" },
  { name: "size", kind: "register", register: "hosting-sizes" },
  { name: "reach", kind: "choice", choices: ["internet", "intranet"] },
  { name: "dns-name", kind: "dns-name" },
  { name: "port", kind: "number", min: 1, max: 65_535, optional: true },
  optionalNote,
] as const;

/** What a machine says when it could not go on. */
export const whyFailed = { name: "why-failed", kind: "choice", choices: hostingFailures } as const;

/** What a machine saw when it asked for the application by its name (R13). */
export const seenByMachine = [
  { name: "seen-from-intranet", kind: "choice", choices: seenFrom },
  { name: "seen-from-internet", kind: "choice", choices: seenFrom },
] as const;

/** From where it was reached before "done" is said (R13). */
export const reachableFrom = {
  name: "reachable-from",
  kind: "choice",
  choices: ["intranet-and-internet", "intranet-only"],
} as const;

/** One result after the other, each with a note where it is not a plain yes. */
export function recordResult(name: string, from: string, checks: readonly string[]): Step {
  return {
    name,
    role: from === "testing-application" ? "it-support" : "data-center",
    from,
    to: from,
    checks,
    asks: [
      { name: "check", kind: "choice", choices: checks },
      { name: "result", kind: "choice", choices: results },
      { ...optionalNote, neededWhen: { field: "result", is: "failed" } },
    ],
  };
}
