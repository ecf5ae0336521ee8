import type { Answers } from "../form/field.ts";
import { type FailedWork, hostingFailures, seenFrom } from "../hosting/hosting-failure.ts";
import { verdicts } from "../hosting/machine-checks.ts";
import { outdatedReasons } from "../hosting/outdated-plan.ts";
import { note, optionalNote, type Step } from "./procedure.ts";

const results = ["passed", "failed", "not-applicable"] as const;

/** The application itself: the archive of a site, a dump of its database, an image. A machine checks them (R12). */
export const applicationFiles = { name: "application-files", kind: "files" } as const;

/** One of the checks that a machine has made of them. */
const machineCheck = { name: "machine-check", kind: "register", register: "machine-checks" } as const;

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

const runtime = { name: "runtime", kind: "register", register: "hosting-runtimes" } as const;
const database = {
  name: "database",
  kind: "register",
  register: "hosting-databases",
  dependsOn: ["runtime"],
} as const;
const size = { name: "size", kind: "register", register: "hosting-sizes" } as const;
const reach = { name: "reach", kind: "choice", choices: ["internet", "intranet"] } as const;

/** An image of a registry, which is fetched in place of one that is handed in. */
export const imageReference = { name: "image-reference", kind: "image-reference", optional: true } as const;

/** What who asks for it wishes; nothing more of what no runtime of the profile fits, which is installed by hand. */
export const hostingWishes = [
  { ...runtime, optional: true, onlyWhen: { field: "service", is: "hosting" } },
  { ...database, onlyWhen: { field: runtime.name } },
  { ...size, onlyWhen: { field: runtime.name } },
  { ...reach, onlyWhen: { field: runtime.name } },
] as const;

/** On which the application answers inside of its image. */
export const port = { name: "port", kind: "number", min: 1, max: 65_535, example: 8080, optional: true } as const;

/** By which it is known that the application answers: an API may have nothing at "/". */
export const healthPath = {
  name: "health-path",
  kind: "line",
  maxLength: 100,
  isPagePath: true,
  optional: true,
} as const;

/** Where and how an application is to be built. Without a port or a page it is the runtime's. */
export const applicationPlan = [
  { name: "target", kind: "register", register: "hosting-targets" },
  runtime,
  { ...database, optional: true },
  size,
  reach,
  { name: "dns-name", kind: "dns-name" },
  port,
  healthPath,
  optionalNote,
] as const;

/** What a machine says when it could not go on: of a stack that somebody holds, who, since when, and what lets go of it. */
export const whyFailed = [
  { name: "why-failed", kind: "choice", choices: hostingFailures },
  { name: "lock-holder", kind: "line", maxLength: 200, optional: true },
  { name: "locked-since", kind: "line", maxLength: 40, optional: true },
  { name: "unlock-command", kind: "line", maxLength: 200, optional: true },
] as const;

/** The answers to `whyFailed`. */
export function saidOfFailure({ why, lock }: FailedWork): Answers {
  if (lock === undefined) return { "why-failed": why };
  const { stack, holder, since } = lock;
  const at = new Date(since);
  return {
    ...{
      "why-failed": why,
      "lock-holder": holder,
      "locked-since": Number.isNaN(at.getTime()) ? since : at.toISOString(),
    },
    "unlock-command": `npm run pulumi -- cancel --stack ${stack}`,
  };
}

/** Which plan counts no more, and why. */
export const whyOutdated = [
  { name: "plan", kind: "line", maxLength: 20 },
  { name: "why-outdated", kind: "choice", choices: outdatedReasons },
] as const;

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

/** What a machine has found is accepted or overruled, check by check; other files are handed in or fetched, which are checked anew (R12). */
export function machineCheckSteps(from: string): Step[] {
  const common = { role: "data-center", from, to: from, source: "R12" } as const;
  return [
    { ...common, name: "accept-machine-check", asks: [machineCheck], judges: true },
    {
      ...common,
      name: "overrule-machine-check",
      asks: [machineCheck, { name: "verdict", kind: "choice", choices: verdicts }, note],
      judges: true,
      preparesApproval: true,
    },
    { ...common, name: "hand-in-application", asks: [imageReference, applicationFiles, optionalNote] },
  ];
}
