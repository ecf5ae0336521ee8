import { screensOf } from "../screens-of.ts";
import { renderAvailability } from "./availability.ts";
import { renderAvailabilityOf } from "./availability-page.ts";
import { renderOutage } from "./outage-page.ts";
import { renderPowerAnswered, renderPowerAsked } from "./power-questions.ts";
import { renderProviderReport } from "./provider-report.ts";

export const outageScreens = screensOf({
  availability: renderAvailability,
  "availability-of": renderAvailabilityOf,
  outage: renderOutage,
  "provider-report": renderProviderReport,
  "power-asked": renderPowerAsked,
  "power-answered": renderPowerAnswered,
});
