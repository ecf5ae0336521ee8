import { applicationChange } from "./application-change.ts";
import { applicationPurge } from "./application-purge.ts";
import { applicationTrouble } from "./application-trouble.ts";
import { approvedRequest } from "./approved-request.ts";
import { exception } from "./exception.ts";
import { hostingOrColocation } from "./hosting.ts";
import { internetTrouble } from "./internet-trouble.ts";
import { networkPoint } from "./network-point.ts";
import { platformChange } from "./platform-change.ts";
import type { Procedure } from "./procedure.ts";
import { shortRequest } from "./short-request.ts";
import { vendorAccess } from "./vendor-access.ts";
import { weakness } from "./weakness.ts";

/** Every procedure that can be filed, in the order of the menu. */
export const procedures: readonly Procedure[] = [
  applicationTrouble,
  internetTrouble,
  networkPoint,
  hostingOrColocation,
  applicationChange,
  vendorAccess,
  applicationPurge,
  weakness,
  exception,
  shortRequest,
  approvedRequest,
  platformChange,
];

/** Procedures of whose tickets the system officer of an office learns nothing. */
export const hiddenFromOffice: readonly string[] = procedures.flatMap(({ name, isHiddenFromOffice }) =>
  isHiddenFromOffice ? [name] : [],
);

export function findProcedure(name: string): Procedure {
  const found = procedures.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no procedure is named ${name}`);
  return found;
}
