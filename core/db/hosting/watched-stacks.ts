import type { ApplicationState } from "../../domain/hosting/application.ts";
import type { HostingFailure } from "../../domain/hosting/hosting-failure.ts";
import type { KnownState } from "../../domain/hosting/state-watch.ts";
import { withoutAccess } from "../../domain/hosting/vendor-access.ts";
import { machineStates } from "../../domain/procedures/machine-steps.ts";
import type { Db, Tx } from "../tables.ts";

/** A stack that was built to its end once, and is looked at now and then. */
export type WatchedStack = KnownState & {
  stack: string;
  target: string;
  /** null: it is what all applications of a host share */
  applicationId: number | null;
  applicationState: ApplicationState | null;
  /** by which it was built last, the stack's file of that without an access that ended, and the hash of the program that it was made with */
  planId: number;
  input: string;
  /** of an application, as that plan has it */
  imageId: string | null;
  program: string;
  /** The host was begun to be changed, which goes on. What was given up in the middle differs from what stands, and is put back. */
  isChanging: boolean;
  /** An access ended, and is still being taken out of it. */
  isClosing: boolean;
  /** Another change waits for its plan or its approval, so that the stack's file may be that plan's. */
  isPlanned: boolean;
  /** of the last look that came to its end */
  checkedAt: Date | null;
  /** why a later one did not */
  problem: HostingFailure | null;
  failedAt: Date | null;
};

function selectWatched(db: Db) {
  return db
    .selectFrom("stack")
    .innerJoin("stack_plan as built", "built.id", "stack.built_plan_id")
    .leftJoin("application", (join) =>
      join.onRef("application.stack", "=", "stack.name").on("application.state", "<>", "removed"),
    )
    .select([
      "stack.name as stack",
      "stack.target",
      "built.id as planId",
      "built.input",
      "built.program_hash as program",
      "built.image_id as imageId",
    ])
    .select(["application.id as applicationId", "application.state as applicationState"])
    .select(["stack.state_hash as stateHash", "state_hash_at as stateHashAt", "writing_since as writingSince"])
    .select(["checked_at as checkedAt", "check_problem as problem", "check_failed_at as failedAt"])
    .select((where) => {
      const isOfRevision = where
        .selectFrom("application_revision as next")
        .whereRef("next.application_id", "=", "application.id")
        .where("next.state", "in", ["planned", "building", "failed"])
        .select("next.id");
      // What all applications of a host share has no revisions: its ticket asks for another plan than the one that stands.
      const isOfTicket = where
        .selectFrom("ticket")
        .whereRef("ticket.id", "=", "stack.ticket_id")
        .where("ticket.state", "in", Object.keys(machineStates))
        .whereRef("ticket.id", "<>", "built.ticket_id")
        .select("ticket.id");
      const isPlanned = where.or([where.exists(isOfRevision), where.exists(isOfTicket)]);
      const accesses = where
        .selectFrom("vendor_access as access")
        .whereRef("access.application_id", "=", "application.id")
        .select("access.id");
      const holds = accesses.where("granted_at", "is not", null).where("ended_at", "is", null);
      const closes = accesses.where("ended_at", "is not", null).where("closed_at", "is", null);
      const isUnfinished = where("stack.begun_plan_id", "is distinct from", where.ref("stack.built_plan_id"));
      return [
        isPlanned.$castTo<boolean>().as("isPlanned"),
        where.exists(holds).$castTo<boolean>().as("hasAccess"),
        where.exists(closes).$castTo<boolean>().as("endsAccess"),
        where.and([isUnfinished, isPlanned]).$castTo<boolean>().as("isChanging"),
      ];
    })
    .where((where) =>
      where.or([
        where("application.id", "is not", null),
        // An application's that was removed is looked at no more.
        where.not(
          where.exists(
            where.selectFrom("application as any").whereRef("any.stack", "=", "stack.name").select("any.id"),
          ),
        ),
      ]),
    );
}

type Row = Omit<WatchedStack, "isClosing"> & { hasAccess: boolean; endsAccess: boolean };

/** What was approved with an access stands without it once that has ended. */
function toWatched({ hasAccess, endsAccess, ...row }: Row): WatchedStack {
  const without = hasAccess ? undefined : withoutAccess(row.input);
  return { ...row, input: without ?? row.input, isClosing: endsAccess && without !== undefined };
}

export async function listWatched(db: Db): Promise<WatchedStack[]> {
  const rows = await selectWatched(db).orderBy("stack.target").orderBy("stack.name").execute();
  return rows.map(toWatched);
}

export async function findWatched(db: Db, stack: string): Promise<WatchedStack | undefined> {
  const row = await selectWatched(db).where("stack.name", "=", stack).executeTakeFirst();
  return row && toWatched(row);
}

/** One change of what is known of it at a time. */
export async function lockWatched(tx: Tx, stack: string): Promise<WatchedStack | undefined> {
  const row = await selectWatched(tx).where("stack.name", "=", stack).forUpdate("stack").executeTakeFirst();
  return row && toWatched(row);
}

/** What is known of the state of any stack of ours, built or not. */
export function lockKnownState(tx: Tx, stack: string): Promise<KnownState | undefined> {
  return tx
    .selectFrom("stack")
    .select(["state_hash as stateHash", "state_hash_at as stateHashAt", "writing_since as writingSince"])
    .where("name", "=", stack)
    .forUpdate()
    .executeTakeFirst();
}

/** A machine of ours begins to write the state. */
export async function markWriting(tx: Tx, stack: string, now: Date): Promise<void> {
  await tx.updateTable("stack").set({ writing_since: now }).where("name", "=", stack).execute();
}

/** It did not come to writing it. */
export async function markNotWriting(tx: Tx, stack: string): Promise<void> {
  await tx.updateTable("stack").set({ writing_since: null }).where("name", "=", stack).execute();
}

/** @param stateHash of the state as it is known to be ours */
export async function markState(tx: Tx, stack: string, stateHash: string, now: Date): Promise<void> {
  await tx
    .updateTable("stack")
    .set({ state_hash: stateHash, state_hash_at: now, writing_since: null })
    .where("name", "=", stack)
    .execute();
}

/** @param problem why it could not be compared; null: it was */
export async function markChecked(tx: Tx, stack: string, problem: HostingFailure | null, now: Date): Promise<void> {
  const how =
    problem === null
      ? { checked_at: now, check_problem: null, check_failed_at: null }
      : { check_problem: problem, check_failed_at: now };
  await tx.updateTable("stack").set(how).where("name", "=", stack).execute();
}
