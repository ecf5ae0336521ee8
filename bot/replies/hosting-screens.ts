import { renderMachineCheck, renderMachineChecks } from "./machine-checks.ts";
import { screensOf } from "./screens-of.ts";

export const hostingScreens = screensOf({
  "machine-checks": renderMachineChecks,
  "machine-check": renderMachineCheck,
});
