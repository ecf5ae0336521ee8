import { applicationPlan, seenByMachine, whyFailed } from "./hosting-questions.ts";
import { machineSteps } from "./machine-steps.ts";
import { note, type Step } from "./procedure.ts";

/**
 * R05 by machine, beside the steps by hand: what is to be built is planned, accepted by infrastructure, approved by
 * leadership, built and tested. What fails comes back to the data center, which may go on by hand, or have removed what stands
 * of it and plan it anew with other answers, or not at all: what is reserved stays its own until then.
 */
export const hostingByMachine: readonly Step[] = [
  {
    name: "plan-application",
    role: "data-center",
    from: "checking-hosting",
    to: "planning-application",
    asks: applicationPlan,
    readsAnswersOf: ["planning-failed", "refuse-plan"],
    needsHosting: true,
    needsChecksOf: "record-hosting-check",
    needsVerdicts: true,
    takes: "application",
    preparesApproval: true,
  },
  ...machineSteps({
    back: "checking-hosting",
    rejected: { to: "telling-hosting-rejection" },
    built: "reporting-application",
    asksWhenBuilt: seenByMachine,
    readsChecksOf: "record-hosting-check",
  }),
  {
    name: "take-over-by-hand",
    role: "data-center",
    from: "building-stopped",
    to: "installing-application",
    asks: [note],
    source: "office practice",
  },
  {
    name: "correct-plan",
    role: "data-center",
    from: "building-stopped",
    to: "clearing-application",
    asks: [note],
    readsAnswersOf: ["clearing-failed"],
    source: "office practice",
  },
  {
    name: "building-cleared",
    role: "data-center",
    by: "machine",
    from: "clearing-application",
    to: "checking-hosting",
    endsGrant: true,
    source: "office practice",
  },
  {
    name: "clearing-failed",
    role: "data-center",
    by: "machine",
    from: "clearing-application",
    to: "building-stopped",
    asks: whyFailed,
    source: "office practice",
  },
];
