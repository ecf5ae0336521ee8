import { changesAsked } from "../hosting/application.ts";
import { applicationFiles, imageReference, machineCheckSteps, seenByMachine } from "./hosting-questions.ts";
import { machineStates, machineSteps } from "./machine-steps.ts";
import { description, files, note, officialDuty, optionalNote, type Procedure, procedure } from "./procedure.ts";

const when = (is: (typeof changesAsked)[number]) => ({ field: "change", is }) as const;

/**
 * Another version, size or name of an application that a machine hosts; it is stopped, started, rolled back or deleted. It goes
 * the way of R05: looked at, planned, accepted, approved, built, reported. Source: office practice.
 */
export const applicationChange: Procedure = procedure({
  name: "application-change",
  source: "office practice",
  menu: "request",
  form: [
    { name: "hosted-application", kind: "register", register: "hosted-applications" },
    { name: "change", kind: "choice", choices: changesAsked },
    { ...imageReference, onlyWhen: when("version") },
    { ...applicationFiles, onlyWhen: when("version") },
    { name: "size", kind: "register", register: "hosting-sizes", onlyWhen: when("size") },
    { name: "new-name", kind: "dns-name", onlyWhen: when("name") },
    {
      name: "former-version",
      kind: "register",
      register: "former-versions",
      dependsOn: ["hosted-application"],
      onlyWhen: when("roll-back"),
    },
    description,
    officialDuty,
    files,
  ],
  subject: "hosted-application",
  initial: "filed",
  states: {
    filed: { holder: "data-center" },
    ...machineStates,
    "reporting-application": { holder: "data-center", isStanding: true },
    closed: {},
  },
  steps: [
    ...machineCheckSteps("filed"),
    {
      name: "plan-change",
      role: "data-center",
      from: "filed",
      to: "planning-application",
      asks: [optionalNote],
      readsAnswersOf: ["planning-failed", "refuse-plan"],
      needsHosting: true,
      needsVerdicts: true,
      takes: "change",
      preparesApproval: true,
    },
    {
      name: "refuse-change",
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
      built: "reporting-application",
      asksWhenBuilt: seenByMachine,
    }),
    {
      name: "take-change-back",
      role: "data-center",
      from: "building-stopped",
      to: "planning-application",
      asks: [note],
      takes: "standing",
      preparesApproval: true,
    },
    {
      name: "report-change",
      role: "data-center",
      from: "reporting-application",
      to: "closed",
      asks: [note],
      readsAnswersOf: ["application-built"],
      tellsRequester: true,
      resolves: true,
    },
  ],
});
