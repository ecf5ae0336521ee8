import { seenByMachine } from "./hosting-questions.ts";
import { machineStates, machineSteps } from "./machine-steps.ts";
import { description, files, note, officialDuty, optionalNote, type Procedure, procedure } from "./procedure.ts";

/**
 * A vendor gets at the files of an application, or at its database, until a day. It is planned, accepted, approved and built as a change of the
 * application is; that it ends needs no ticket. Source: office practice.
 */
export const vendorAccess: Procedure = procedure({
  name: "vendor-access",
  source: "office practice",
  menu: "request",
  form: [
    { name: "hosted-application", kind: "register", register: "hosted-applications" },
    { name: "access-kind", kind: "register", register: "access-kinds", dependsOn: ["hosted-application"] },
    { name: "vendor", kind: "line", maxLength: 100 },
    { name: "vendor-person", kind: "line", maxLength: 100 },
    { name: "public-key", kind: "public-key" },
    { name: "sources", kind: "networks", optional: true },
    { name: "until", kind: "coming-day", isAfterToday: true },
    description,
    officialDuty,
    files,
  ],
  subject: "hosted-application",
  initial: "filed",
  states: { filed: { holder: "data-center" }, ...machineStates, closed: {} },
  steps: [
    {
      name: "plan-access",
      role: "data-center",
      from: "filed",
      to: "planning-application",
      asks: [optionalNote],
      readsAnswersOf: ["planning-failed", "refuse-plan"],
      needsHosting: true,
      takes: "access",
      preparesApproval: true,
    },
    {
      name: "refuse-access",
      role: "data-center",
      from: "filed",
      to: "closed",
      asks: [note],
      tellsRequester: true,
      resolves: true,
    },
    ...machineSteps({
      back: "filed",
      rejected: { to: "closed", tellsRequester: true, resolves: true },
      built: "closed",
      asksWhenBuilt: seenByMachine,
      endsThere: true,
    }),
    {
      name: "take-access-back",
      role: "data-center",
      from: "building-stopped",
      to: "planning-application",
      asks: [note],
      takes: "standing",
      preparesApproval: true,
    },
  ],
});
