import { sql } from "kysely";
import { type ApplicationFileKind, type CheckName, type CheckResult, checkNames } from "../../domain/hosting/check.ts";
import type { HostingFailure } from "../../domain/hosting/hosting-failure.ts";
import {
  type MachineCheck,
  type MachineCheckCounts,
  machineCheckKey,
  type Verdict,
  verdicts,
} from "../../domain/hosting/machine-checks.ts";
import { applicationFiles } from "../../domain/procedures/hosting-questions.ts";
import type { Db, Tx } from "../tables.ts";
import { stands } from "../ticket/entries.ts";

/** The files of an application that were handed in last; what was handed in before them counts no more. */
function selectFiles(db: Db, ticketId: number) {
  return db
    .selectFrom("attachment")
    .where("attachment.ticket_id", "=", ticketId)
    .where("attachment.field", "=", applicationFiles.name)
    .where("attachment.entry_id", "=", (latest) =>
      latest
        .selectFrom("attachment as other")
        .select((other) => other.fn.max("other.entry_id").as("id"))
        .where("other.ticket_id", "=", ticketId)
        .where("other.field", "=", applicationFiles.name),
    );
}

/** How they are called: an image of a registry by what it was named by. */
export async function listHandedIn(db: Db, ticketId: number): Promise<string[]> {
  const rows = await selectFiles(db, ticketId)
    .select(["attachment.name", "attachment.image_reference as imageReference"])
    .orderBy("attachment.id")
    .execute();
  return rows.map(({ name, imageReference }) => imageReference ?? name);
}

/** By which check a file is known as what it is; an image has that of an archive, too. */
const ownChecks = { image: "image-sane", archive: "application", dump: "dump-sane" } as const satisfies Record<
  ApplicationFileKind,
  CheckName
>;

/** The files of that kind among those handed in last, as a machine has found them to be. */
export async function listFilesOfKind(db: Db, ticketId: number, kind: ApplicationFileKind): Promise<number[]> {
  const rows = await selectFiles(db, ticketId)
    .innerJoin("machine_check", "machine_check.attachment_id", "attachment.id")
    .select("attachment.id")
    .where("machine_check.name", "=", ownChecks[kind])
    .where("attachment.sha256", "is not", null)
    .orderBy("attachment.id")
    .execute();
  const images = kind === "archive" ? await listFilesOfKind(db, ticketId, "image") : [];
  return rows.map(({ id }) => id).filter((id) => !images.includes(id));
}

/** On which that image says that it answers: "8080/tcp"; "" where it says nothing, or is none. */
export async function findExposedPorts(db: Db, attachmentId: number): Promise<string> {
  const row = await db
    .selectFrom("machine_check")
    .select("findings")
    .where("attachment_id", "=", attachmentId)
    .where("name", "=", ownChecks.image)
    .executeTakeFirst();
  const described = row?.findings.find(({ code }) => code === "image-described");
  return String(described?.values.ports ?? "");
}

export type LostImage = { imageReference: string; trouble: HostingFailure };

/** Of what was handed in last the images of registries that could not be fetched. */
export function listLostImages(db: Db, ticketId: number): Promise<LostImage[]> {
  return selectFiles(db, ticketId)
    .select(["image_reference as imageReference", "trouble"])
    .where("image_reference", "is not", null)
    .where("trouble", "is not", null)
    .$narrowType<LostImage>()
    .execute();
}

/** The image of a registry that was named last. */
export async function findLastReference(db: Db, ticketId: number): Promise<string | undefined> {
  const found = await db
    .selectFrom("attachment")
    .select("image_reference as imageReference")
    .where("ticket_id", "=", ticketId)
    .where("image_reference", "is not", null)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return found?.imageReference ?? undefined;
}

export async function isChecked(db: Db, attachmentId: number): Promise<boolean> {
  const found = await db
    .selectFrom("machine_check")
    .select("name")
    .where("attachment_id", "=", attachmentId)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** Files of applications that this person sent, and no machine has looked at yet; those of forms, too. */
export async function countUnchecked(db: Db, personId: number): Promise<number> {
  const { count } = await db
    .selectFrom("attachment")
    .select(sql<number>`count(*)`.as("count"))
    .where("person_id", "=", personId)
    .where("field", "=", applicationFiles.name)
    .where("state", "=", "stored")
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom("machine_check").select("name").whereRef("attachment_id", "=", "attachment.id"))),
    )
    .executeTakeFirstOrThrow();
  return count;
}

export async function insertMachineChecks(
  tx: Tx,
  attachmentId: number,
  results: readonly CheckResult[],
  now: Date,
): Promise<void> {
  const rows = results.map(({ check, result, findings }) => ({
    ...{ attachment_id: attachmentId, name: check, result, findings: JSON.stringify(findings), checked_at: now },
  }));
  await tx.insertInto("machine_check").values(rows).execute();
}

/** Of the files that were handed in last, file by file, in the order of the checks. */
export async function listMachineChecks(db: Db, ticketId: number): Promise<MachineCheck[]> {
  const rows = await selectFiles(db, ticketId)
    .innerJoin("machine_check", "machine_check.attachment_id", "attachment.id")
    .select(["attachment.id as attachmentId", "attachment.name as fileName", "image_reference as imageReference"])
    .select(["machine_check.name as check", "result", "findings"])
    .orderBy("attachment.id")
    .execute();
  const judged = await findJudgements(db, ticketId);
  return rows
    .toSorted((one, other) => one.attachmentId - other.attachmentId || orderOf(one) - orderOf(other))
    .map((row) => {
      const { verdict, note, byName } = judged.get(machineCheckKey(row)) ?? {};
      const is = verdict ?? row.result;
      return byName === undefined || is === "not-checked" ? row : { ...row, verdict: { is, note, byName } };
    });
}

function orderOf({ check }: Pick<MachineCheck, "check">): number {
  return checkNames.indexOf(check);
}

/** Without a verdict of its own, the machine's was accepted. */
type Judgement = { verdict: Verdict | undefined; note: string | undefined; byName: string };

/** The latest of each check. */
async function findJudgements(db: Db, ticketId: number): Promise<Map<string, Judgement>> {
  const rows = await db
    .selectFrom("entry")
    .innerJoin("person", "person.id", "entry.person_id")
    .select(["entry.answers", "person.name as byName"])
    .where("ticket_id", "=", ticketId)
    .where("step", "in", ["accept-machine-check", "overrule-machine-check"])
    .where(stands)
    .orderBy("entry.id")
    .execute();
  return new Map(
    rows.map(({ answers, byName }) => {
      const verdict = verdicts.find((each) => each === answers.verdict);
      return [answers["machine-check"] ?? "", { verdict, note: answers.note, byName }];
    }),
  );
}

export async function countMachineChecks(db: Db, ticketId: number): Promise<MachineCheckCounts> {
  const { waiting } = await selectFiles(db, ticketId)
    .select(sql<number>`count(*)`.as("waiting"))
    .where("attachment.state", "<>", "failed")
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom("machine_check").select("name").whereRef("attachment_id", "=", "attachment.id"))),
    )
    .executeTakeFirstOrThrow();
  const checks = await listMachineChecks(db, ticketId);
  return { all: checks.length, waiting, open: checks.filter(({ verdict }) => verdict === undefined).length };
}
