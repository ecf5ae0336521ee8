import { seenByMachine } from "./hosting-questions.ts";
import { machineStates, machineSteps } from "./machine-steps.ts";
import { description, note, optionalNote, type Procedure, procedure } from "./procedure.ts";

const { "accepting-plan": _accepting, ...states } = machineStates;

/**
 * What was kept of a deleted application is destroyed for good, once the time is over for which it was kept: the second request,
 * with two approvals one after the other (see `approvers` of the profile). Source: office practice.
 */
export const applicationPurge: Procedure = procedure({
  name: "application-purge",
  source: "office practice",
  menu: "request",
  form: [{ name: "hosted-application", kind: "register", register: "deleted-applications" }, description],
  subject: "hosted-application",
  initial: "filed",
  states: {
    filed: { holder: "data-center" },
    ...states,
    "reporting-application": { holder: "data-center", isStanding: true },
    closed: {},
  },
  steps: [
    {
      name: "plan-purge",
      role: "data-center",
      from: "filed",
      to: "planning-application",
      asks: [optionalNote],
      readsAnswersOf: ["planning-failed"],
      needsHosting: true,
      takes: "change",
      preparesApproval: true,
    },
    {
      name: "refuse-purge",
      role: "data-center",
      from: "filed",
      to: "closed",
      asks: [note],
      tellsRequester: true,
      resolves: true,
    },
    ...machineSteps({
      back: "filed",
      isApprovedAtOnce: true,
      rejected: { to: "closed", tellsRequester: true, resolves: true },
      built: "reporting-application",
      asksWhenBuilt: seenByMachine,
    }),
    {
      name: "report-purge",
      role: "data-center",
      from: "reporting-application",
      to: "closed",
      asks: [note],
      tellsRequester: true,
      resolves: true,
    },
  ],
});
