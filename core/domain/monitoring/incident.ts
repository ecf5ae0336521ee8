import type { Answers } from "../form/field.ts";
import { shorten } from "../form/text.ts";
import type { LinkKind } from "./link.ts";
import { runsInDataCenter, type Target } from "./target.ts";

/** A ticket that a machine files for an outage. */
export type Incident = { procedure: "application-trouble" | "internet-trouble"; subject: string; answers: Answers };

/** As the forms take it. Names of what is hosted may be longer. */
const longestPlace = 100;

/** R01 for an application or a job, R03 for what lies on the way to it. What is down names the ticket. */
export function incidentOf({
  kind,
  name,
  linkKind,
}: Pick<Target, "kind" | "name"> & { linkKind: LinkKind | null }): Incident {
  const called = shorten(name, longestPlace);
  if (runsInDataCenter({ kind }))
    return { procedure: "application-trouble", subject: called, answers: { application: called } };
  const answers = { connection: connectionOf(linkKind), place: called };
  return { procedure: "internet-trouble", subject: called, answers };
}

/** What goes without it. Behind anything but a link to the internet lies both. */
function connectionOf(linkKind: LinkKind | null): string {
  if (linkKind === "internet" || linkKind === "secured") return "internet";
  return linkKind === "closed" || linkKind === "vpn" ? "intranet" : "both";
}
