import type { Answers } from "../form/field.ts";
import { type Refusal, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import { type Called, findTargets } from "./find-targets.ts";
import type { Presented } from "./present.ts";
import type { Target } from "./target.ts";

type Watched = Called & Pick<Target, "kind" | "officeId"> & Presented;

/** What somebody is about to complain of. @property application as they named it, where they did */
export type Complaint = { officeId: number; application?: string | undefined };

/** @returns undefined where what is watched says nothing of it */
export function complaintOf(
  { procedure, answers }: { procedure: string; answers: Answers },
  officeId: number,
): Complaint | undefined {
  if (procedure === "application-trouble") return { officeId, application: answers.application };
  return procedure === "internet-trouble" ? { officeId } : undefined;
}

/** What is known of what a complaint is about. @property rootId what it is down by, maybe itself */
export type Trouble<Each extends Presented = Presented> = {
  kind: "down" | "maintenance";
  target: Each;
  rootId: number;
  /** what it lies behind is not judged yet */
  isOpen: boolean;
};

/**
 * What a complaint is about is down or in maintenance: the application that was named, and the office's own sites and links;
 * where these are well, the links that are everybody's. Each cause once.
 *
 * @param visible what the person may see
 */
export function troublesOf<Each extends Watched>(
  { officeId, application }: Complaint,
  visible: readonly Each[],
): Trouble<Each>[] {
  const applications = visible.filter(({ kind }) => kind === "application");
  const named = application === undefined ? [] : findTargets(application, applications).map(({ id }) => id);
  const isWay = ({ kind }: Each) => kind === "site" || kind === "link";
  const own = visible.filter((each) => named.includes(each.id) || (isWay(each) && each.officeId === officeId));
  const shared = visible.filter(({ kind, officeId: owner }) => kind === "link" && owner === null);
  const ofOwn = own.flatMap(troubleOf);
  return eachOnce(ofOwn.length > 0 ? ofOwn : shared.flatMap(troubleOf));
}

function troubleOf<Each extends Watched>(target: Each): Trouble<Each>[] {
  const { id, seen, cause, isInMaintenance } = target;
  if (seen.isPaused || !(isInMaintenance || cause !== undefined)) return [];
  const rootId = cause?.kind === "behind" ? cause.rootId : id;
  return [{ kind: isInMaintenance ? "maintenance" : "down", target, rootId, isOpen: cause?.kind === "open" }];
}

function eachOnce<Each extends Presented>(troubles: readonly Trouble<Each>[]): Trouble<Each>[] {
  return troubles.filter(({ rootId }, at) => troubles.findIndex((each) => each.rootId === rootId) === at);
}

/** An outage as who wants to join it finds it. */
export type JoinedOutage = {
  endedAt: Date | null;
  /** of what is down, and of all that lies behind it; null: it is everybody's */
  officeIds: readonly (number | null)[];
  /** down by nothing but itself, and neither on purpose nor in turns */
  isPlain: boolean;
  /** null: there is none yet */
  ticket: { hasEnded: boolean } | null;
};

/**
 * "Saya juga terdampak": for who is of an office concerned, or for everybody where it is everybody's. What opens no ticket by
 * itself opens none by this either.
 */
export function refusalOfJoining(person: Person, outage: JoinedOutage): Refusal | undefined {
  if (!person.isActive) return refuse("person-inactive").refusal;
  const { officeIds, endedAt, ticket, isPlain } = outage;
  if (!officeIds.includes(null) && !officeIds.includes(person.officeId)) return refuse("outage-of-others").refusal;
  if (endedAt !== null) return refuse("outage-is-over").refusal;
  if (ticket?.hasEnded) return refuse("incident-ended").refusal;
  return ticket === null && !isPlain ? refuse("outage-not-joined").refusal : undefined;
}

/** Who writes down what others say may note that they are affected. */
export function refusalOfNotingAffected(person: Person): Refusal | undefined {
  return hasRole(person, "help-desk") ? undefined : refuse("not-your-role", { role: "help-desk" }).refusal;
}

/** What is said to who joins, said of somebody else to who notes them. */
export function aboutReporter({ code, values }: Refusal): Refusal {
  const codes: Record<string, string> = {
    "outage-of-others": "outage-not-of-reporter",
    "affected-already": "reporter-affected-already",
  };
  return { code: codes[code] ?? code, values };
}
