import { screensOf } from "../screens-of.ts";
import { renderApplication, renderKeptOver } from "./application-page.ts";
import { renderApplications } from "./applications.ts";
import { renderAccountNotOffered } from "./database-account.ts";
import { renderMachineCheck, renderMachineChecks } from "./machine-checks.ts";
import { renderMachineProgress } from "./machine-progress.ts";
import { renderPlanOutdated } from "./outdated-plan.ts";
import { renderApplicationPlan } from "./plan-file.ts";

export const hostingScreens = screensOf({
  "machine-checks": renderMachineChecks,
  "machine-check": renderMachineCheck,
  applications: renderApplications,
  application: renderApplication,
  "application-kept-over": renderKeptOver,
  "account-not-offered": renderAccountNotOffered,
  "machine-progress": renderMachineProgress,
  "plan-outdated": renderPlanOutdated,
  "application-plan": renderApplicationPlan,
});
