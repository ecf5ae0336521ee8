import { accept, type Outcome, refuse } from "../outcome.ts";
import type { Person } from "../people/person.ts";
import {
  type Application,
  type ApplicationChange,
  type ApplicationState,
  changesAsked,
  type Revision,
} from "./application.ts";
import { hostsApplications } from "./hosting-access.ts";

/** What is to become of an application that stands. */
export type WantedChange =
  | { change: "version"; attachmentId: number; dumpId: number | null }
  | { change: "size"; size: string }
  | { change: "name"; domainName: string }
  | { change: "roll-back"; former: Revision | undefined }
  | { change: "stop" | "start" | "delete" | "purge" | "access" };

export type LaterChange = WantedChange["change"];

export function isLaterChange(text: string | undefined): text is Exclude<LaterChange, "purge" | "access"> {
  return changesAsked.some((change) => change === text);
}

/** Its office asks for it, and who hosts it. */
export function mayAskToChange(person: Person, { officeId }: Pick<Application, "officeId">): boolean {
  return person.officeId === officeId || hostsApplications(person);
}

type Present = Pick<Application, "state" | "keptUntil" | "isKept">;

/**
 * Whether that can be done with an application as it is. What was deleted can be started again while its data is kept, and
 * purged only after that. Source: office practice
 */
export function refusalOfChange({ state, keptUntil, isKept }: Present, change: LaterChange, now: Date): Outcome {
  if (change === "purge") {
    if (state !== "deleted") return refuse("application-not-deleted");
    return isKept ? refuse("kept-time-not-over") : accept();
  }
  const isOver = keptUntil !== null && keptUntil <= now;
  if (state === "deleted" && change === "start") return isKept && !isOver ? accept() : refuse("kept-time-over");
  const refused = refusals[state];
  if (refused !== undefined) return refuse(refused);
  if (state === "stopped" && change === "stop") return refuse("application-stopped-already");
  if (state === "stopped" && !["start", "delete"].includes(change)) return refuse("application-not-running");
  if (state === "built" && change === "start") return refuse("application-runs-already");
  return accept();
}

const refusals: Partial<Record<ApplicationState, string>> = {
  planned: "application-not-built",
  isolated: "application-isolated",
  deleted: "application-deleted",
  removed: "no-such-application",
};

/** What would be the same as before is no change. */
export function refusalOfSame({ size, domainName, imageId }: Revision, wanted: WantedChange): Outcome {
  if (wanted.change === "size" && wanted.size === size) return refuse("same-size");
  if (wanted.change === "name" && wanted.domainName === domainName) return refuse("same-name");
  if (wanted.change !== "roll-back") return accept();
  const { former } = wanted;
  return former === undefined || former.imageId === null || former.imageId === imageId
    ? refuse("nothing-to-roll-back")
    : accept();
}

export type NextRevision = Omit<Revision, "id" | "ticketId" | "state">;

/** What takes the place of a container comes into the other slot, beside the former. */
export function nextRevision(standing: Revision, wanted: WantedChange): NextRevision {
  const { id: _id, ticketId: _ticketId, state: _state, ...same } = standing;
  const { change } = wanted;
  const slot = standing.slot === "a" ? "b" : "a";
  if (wanted.change === "version") {
    const { attachmentId, dumpId } = wanted;
    return { ...same, change, attachmentId, dumpId, imageId: null, slot };
  }
  if (wanted.change === "roll-back" && wanted.former !== undefined) {
    const { attachmentId, imageId } = wanted.former;
    return { ...same, change, attachmentId, imageId, slot };
  }
  if (wanted.change === "size") return { ...same, change, size: wanted.size, slot };
  if (wanted.change === "name") return { ...same, change, domainName: wanted.domainName };
  if (wanted.change === "access") return { ...same, change };
  return { ...same, change, isRunning: change === "start" };
}

/** What stood before a change that did not come to its end, as a revision of its own. */
export function revisionLike(standing: Revision): NextRevision {
  const { id: _id, ticketId: _ticketId, state: _state, change, ...same } = standing;
  return { ...same, change: same.isRunning ? "roll-back" : change };
}

/** Of an application whose revision was built to its end. */
export function stateAfter({ change, isRunning }: Pick<Revision, "change" | "isRunning">): ApplicationState {
  if (isRunning) return "built";
  const states: Partial<Record<ApplicationChange, ApplicationState>> = { delete: "deleted", purge: "removed" };
  return states[change] ?? "stopped";
}

/** Whether the containers of both slots stand for a while, so that no request is lost. */
export function takesOver(next: Revision, standing: Revision | undefined): boolean {
  return next.isRunning && standing?.isRunning === true && standing.slot !== next.slot;
}
