import { machineStates, machineSteps } from "./machine-steps.ts";
import { description, optionalNote, procedure } from "./procedure.ts";

/**
 * What all applications of a host share, the reverse proxy, is planned, approved and built as applications are: at first, and
 * when the profile says something else of it. Source: office practice.
 */
export const platformChange = procedure({
  name: "platform-change",
  source: "office practice",
  menu: "desk",
  filedBy: ["data-center", "infrastructure"],
  form: [description],
  initial: "checking-platform",
  states: {
    "checking-platform": { holder: "data-center" },
    ...machineStates,
    closed: {},
  },
  steps: [
    {
      name: "plan-platform",
      role: "data-center",
      from: "checking-platform",
      to: "planning-application",
      asks: [{ name: "target", kind: "register", register: "platform-targets" }, optionalNote],
      readsAnswersOf: ["planning-failed", "refuse-plan"],
      needsHosting: true,
      takes: "platform",
      preparesApproval: true,
    },
    ...machineSteps({
      back: "checking-platform",
      rejected: { to: "closed" },
      built: "closed",
      asksWhenBuilt: [],
      endsThere: true,
    }),
  ],
});
