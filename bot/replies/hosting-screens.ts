import { renderApplicationPlan } from "./application-plan.ts";
import { renderApplications } from "./applications.ts";
import { renderMachineCheck, renderMachineChecks } from "./machine-checks.ts";
import { screensOf } from "./screens-of.ts";

export const hostingScreens = screensOf({
  "machine-checks": renderMachineChecks,
  "machine-check": renderMachineCheck,
  applications: renderApplications,
  "application-plan": renderApplicationPlan,
});
