import { writeJournal } from "../../db/journal/journal.ts";
import { findAccount } from "../../db/people/accounts.ts";
import { deleteUnusedCodes } from "../../db/people/link-codes.ts";
import { addRole, findPerson, holdsInOwnRight, lockPerson, removeSubstitutedRole } from "../../db/people/people.ts";
import {
  findSubstitution,
  insertSubstitution,
  lockOpenSubstitutionsAround,
  lockSubstitution,
  overlaps,
  updateSubstitution,
} from "../../db/people/substitutions.ts";
import type { Db, Tx } from "../../db/tables.ts";
import { type Answers, parseAnswers } from "../../domain/form/field.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import { refusalOfConfirming } from "../../domain/people/grant-rules.ts";
import { hasRole, type Person } from "../../domain/people/person.ts";
import type { Role } from "../../domain/people/roles.ts";
import {
  refusalOfDecidingSubstitution,
  refusalOfEndingSubstitution,
  refusalOfSubstituting,
  type Substitution,
  type SubstitutionKind,
  substitutedRole,
  substitutionFields,
  windowOf,
} from "../../domain/people/substitution-rules.ts";
import { giveBackWork } from "../hosting/give-back-work.ts";
import { editSent, tell, tellRole } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { askWaitingApprovals, refreshWaitingApprovals } from "../ticket/approvals.ts";
import type { SubstitutionNews } from "./people-notice.ts";

/**
 * Names a substitute for leadership: by the holder for themself at once, by an administrator as a proposal to the others.
 *
 * @param input.answers of `substitutionFields`
 */
export async function setSubstitute(
  tx: Tx,
  setter: Person,
  setting: Setting,
  input: { forPersonId: number; personId: number; answers: Answers },
): Promise<Outcome<"set" | "proposed">> {
  const locked = await lockBoth(tx, input.forPersonId, input.personId);
  if (locked === undefined) return refuse("no-such-person");
  const { holder, substitute } = locked;
  const holds = { holder: await holdsRole(tx, holder), substitute: await holdsRole(tx, substitute) };
  const refusal = refusalOfSubstituting(setter, holder, substitute, holds);
  if (refusal !== undefined) return { ok: false, refusal };
  if ((await findAccount(tx, substitute.id)) === undefined) return refuse("not-linked", { field: "substitute" });
  const context = { now: setting.now, zone: setting.rules.zone };
  const parsed = parseAnswers(substitutionFields, input.answers, context);
  if (!parsed.ok) return parsed;
  const { "substitution-kind": kind, "from-day": from = "", "until-day": until = "", decree = "" } = parsed.value;
  const window = windowOf({ from, until }, context.zone);
  const both = { personId: substitute.id, forPersonId: holder.id, ...window };
  if (await overlaps(tx, both)) return refuse("substitution-overlaps", { field: "until-day" });

  const isConfirmed = setter.id === holder.id;
  const id = await insertSubstitution(tx, {
    ...both,
    ...{ role: substitutedRole, kind: kind as SubstitutionKind, decree },
    ...{ setBy: setter.id, setAt: setting.now, isConfirmed },
  });
  // A code that somebody kept would link another account to who acts as leadership then.
  await deleteUnusedCodes(tx, substitute.id);
  await record(tx, isConfirmed ? "substitution-set" : "substitution-proposed", setter.id, setting, substitute.id, id);
  if (!isConfirmed) {
    await tellRole(tx, "administrator", { kind: "substitution-proposed", substitutionId: id }, setting, setter.id);
    return accept("proposed");
  }
  await announceOrStart(tx, { id, ...both }, setter, setting);
  return accept("set");
}

/** The second administrator's word on a proposed substitute. */
export async function decideSubstitution(
  tx: Tx,
  administrator: Person,
  setting: Setting,
  input: { substitutionId: number; decision: "confirmed" | "rejected" },
): Promise<Outcome> {
  const { substitutionId: id, decision } = input;
  const found = (await lockWithPeople(tx, id))?.substitution;
  if (found === undefined) return refuse("no-such-proposal");
  const refusal = refusalOfDecidingSubstitution(administrator, found, setting.now);
  if (refusal !== undefined) return { ok: false, refusal };
  if (decision === "confirmed") {
    const confirmed = refusalOfConfirming({ proposedAt: found.setAt }, await findAccount(tx, found.personId));
    if (!confirmed.ok) return confirmed;
  }
  await updateSubstitution(tx, id, { decision, decided_by: administrator.id, decided_at: setting.now });
  const event = decision === "confirmed" ? "substitution-confirmed" : "substitution-rejected";
  await record(tx, event, administrator.id, setting, found.personId, id);
  const proposed = { kind: "substitution-proposed", substitutionId: id } as const;
  await editSent(tx, proposed, proposed, setting);
  if (decision === "rejected") {
    await tell(tx, [found.setBy], { kind: "substitution-news", substitutionId: id, news: "rejected" }, setting);
    return accept();
  }
  await announceOrStart(tx, found, administrator, setting);
  return accept();
}

/** Ends a substitution before its day. */
export async function endSubstitution(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { substitutionId: number },
): Promise<Outcome> {
  const found = (await lockWithPeople(tx, input.substitutionId))?.substitution;
  if (found === undefined) return refuse("no-such-proposal");
  const refusal = refusalOfEndingSubstitution(person, found);
  if (refusal !== undefined) return { ok: false, refusal };
  await end(tx, found, person, setting);
  return accept();
}

/**
 * Rights of somebody have ended: who has left substitutes for nobody, and has no Plh. any more, who stands in for somebody in
 * office. A Plt. stays, for the post is vacant then.
 *
 * @param input.roles that ended; all of them where none are named
 */
export async function endSubstitutionsOf(
  tx: Tx,
  actor: Person,
  setting: Setting,
  input: { personId: number; roles?: readonly Role[] },
): Promise<void> {
  for (const each of await lockOpenSubstitutionsAround(tx, input.personId)) {
    if (input.roles?.includes(each.role) === false) continue;
    const goesOn = each.forPersonId === input.personId && each.kind === "plt" && each.decision === "confirmed";
    if (!goesOn) await end(tx, each, actor, setting);
  }
}

/** What the clock does when a day of a substitution has come. Safe to run twice, and late. */
export async function startOrEndSubstitution(
  tx: Tx,
  setting: Setting,
  { substitutionId, by }: { substitutionId: number; by?: Person },
): Promise<void> {
  const { now } = setting;
  const locked = await lockWithPeople(tx, substitutionId);
  if (locked === undefined) return;
  const { substitution: found } = locked;
  if (found.endedAt !== null || found.decision === "rejected") return;
  if (found.endsAt <= now) return end(tx, found, null, setting);
  if (found.decision === null || found.startedAt !== null || found.startsAt > now) return;
  if (!(await mayStart(tx, locked, found))) return end(tx, found, null, setting);

  const { personId, role, setBy } = found;
  await addRole(tx, { personId, role, grantedBy: setBy, now, substitutionId });
  await updateSubstitution(tx, substitutionId, { started_at: now });
  await record(tx, "substitution-started", null, setting, personId, substitutionId);
  await announce(tx, found, "started", setting, by?.id);
  await tell(tx, [personId], { kind: "command-menu" }, setting);
  await askWaitingApprovals(tx, personId, setting);
  await refreshWaitingApprovals(tx, [role], setting);
}

/** What begins today begins now. Who did it knows. */
async function announceOrStart(
  tx: Tx,
  found: Pick<Substitution, "id" | "personId" | "forPersonId" | "startsAt">,
  by: Person,
  setting: Setting,
): Promise<void> {
  if (found.startsAt > setting.now) await announce(tx, found, "set", setting, by.id);
  else await startOrEndSubstitution(tx, setting, { substitutionId: found.id, by });
}

/**
 * What was right when it was set may have changed: the substitute has left or manages people now, or has another account since, which
 * anybody could have linked; whose Plh. they are is no longer in office.
 */
async function mayStart(
  db: Db,
  { holder, substitute }: { holder: Person; substitute: Person },
  { kind, setAt }: Substitution,
): Promise<boolean> {
  if (!substitute.isActive || substitute.nip === null || substitute.roles.includes("administrator")) return false;
  if (kind === "plh" && !hasRole(holder, substitutedRole)) return false;
  return refusalOfConfirming({ proposedAt: setAt }, await findAccount(db, substitute.id)).ok;
}

async function end(tx: Tx, found: Substitution, by: Person | null, setting: Setting): Promise<void> {
  const { id, personId, role } = found;
  const wasHeld = await removeSubstitutedRole(tx, id);
  await updateSubstitution(tx, id, { ended_at: setting.now, ended_by: by?.id ?? null });
  await record(tx, "substitution-ended", by?.id ?? null, setting, personId, id);
  const proposed = { kind: "substitution-proposed", substitutionId: id } as const;
  await editSent(tx, proposed, proposed, setting);
  if (found.decision === "confirmed") {
    const news = found.startedAt === null && by === null ? "not-started" : "ended";
    await announce(tx, found, news, setting, by?.id);
  }
  if (!wasHeld) return;
  await tell(tx, [personId], { kind: "command-menu" }, setting);
  const actor = by ?? (await findPerson(tx, found.forPersonId));
  if (actor !== undefined) await giveBackWork(tx, actor, setting, { personId, roles: [role] });
  await refreshWaitingApprovals(tx, [role], setting);
}

function holdsRole(tx: Tx, { id }: Person): Promise<boolean> {
  return holdsInOwnRight(tx, id, substitutedRole);
}

/** People first, as whoever takes their roles away locks them. */
async function lockWithPeople(tx: Tx, id: number) {
  const seen = await findSubstitution(tx, id);
  const both = seen && (await lockBoth(tx, seen.forPersonId, seen.personId));
  const substitution = await lockSubstitution(tx, id);
  return both === undefined || substitution === undefined ? undefined : { ...both, substitution };
}

/** In the order of their ids, as everybody locks several people. */
async function lockBoth(
  tx: Tx,
  holderId: number,
  substituteId: number,
): Promise<{ holder: Person; substitute: Person } | undefined> {
  const people = new Map<number, Person | undefined>();
  for (const id of [holderId, substituteId].sort((one, other) => one - other)) people.set(id, await lockPerson(tx, id));
  const [holder, substitute] = [people.get(holderId), people.get(substituteId)];
  return holder === undefined || substitute === undefined ? undefined : { holder, substitute };
}

/** Both of them know it, and administrators do. */
async function announce(
  tx: Tx,
  { id: substitutionId, personId, forPersonId }: Pick<Substitution, "id" | "personId" | "forPersonId">,
  news: SubstitutionNews,
  setting: Setting,
  butNot?: number,
): Promise<void> {
  const notice = { kind: "substitution-news", substitutionId, news } as const;
  const both = [personId, forPersonId].filter((id) => id !== butNot);
  await tell(tx, both, notice, setting);
  await tellRole(tx, "administrator", notice, setting, butNot);
}

async function record(
  tx: Tx,
  event: `substitution-${string}`,
  actorId: number | null,
  { now }: Setting,
  personId: number,
  substitutionId: number,
): Promise<void> {
  await writeJournal(tx, {
    at: now,
    actorId,
    ...(actorId === null ? { onBehalfOf: substitutedRole } : {}),
    event,
    subject: { kind: "person", id: personId },
    details: { substitutionId },
  });
}
