import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { acceptPassedChecks } from "../../../../core/actions/hosting/accept-passed-checks.ts";
import { recordMachineChecks } from "../../../../core/actions/hosting/machine-checks.ts";
import type { Setting } from "../../../../core/actions/setting.ts";
import { receiveFile, recordFile } from "../../../../core/actions/upload/keep-files.ts";
import { countMachineChecks, listMachineChecks } from "../../../../core/db/hosting/machine-checks.ts";
import { type CheckResult, finding, resultsOf } from "../../../../core/domain/hosting/check.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { checkFile, giveUpCheck } from "../../../../worker/tasks/check-file.ts";
import { noHosts } from "../../../support/hosting.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { hostingChecks } from "../../domain/procedures/hosting.paths.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const sha256 = "ab".repeat(32);
const officer = () => office.people.dataCenter;

/** A ticket at the checks of hosting, each of those by hand passed. */
async function checkingHosting(): Promise<number> {
  const id = await office.file({ procedure: "hosting" });
  await office.walk(id, [
    [
      "record-letter",
      "non-technical",
      { "agenda-number": "1", "letter-nature": "ordinary", "received-on": "20-11-2026" },
    ],
    ["accept-letter", "non-technical", {}],
    ["dispose", "non-technical", { officer: "@data-center", note: "Periksa.", deadline: "30-11-2026" }],
    ["classify-hosting", "data-center", {}],
    ...hostingChecks.map((check) => ["record-hosting-check", "data-center", { check, result: "passed" }] as const),
  ]);
  return id;
}

/** Hands in a file. @returns its number */
async function handIn(ticketId: number, name = "situs.zip"): Promise<number> {
  const done = await office.step(ticketId, "hand-in-application", officer());
  if (!done.ok) throw new Error(`handing in: ${done.refusal.code}`);
  const { id } = await office.db
    .selectFrom("attachment")
    .select("id")
    .where("ticket_id", "=", ticketId)
    .where("field", "=", "application-files")
    .orderBy("id", "desc")
    .executeTakeFirstOrThrow();
  await office.db.updateTable("attachment").set({ name }).where("id", "=", id).execute();
  return id;
}

const found: CheckResult[] = [
  { check: "malware", result: "passed", findings: [] },
  { check: "secrets", result: "failed", findings: [finding("env-file", { path: ".env" })] },
  { check: "licences", result: "not-checked", findings: [finding("licence-unknown")] },
];
const record = (attachmentId: number, results = found) =>
  office.act((tx) => recordMachineChecks(tx, office.setting(), { attachmentId, results }));
const report = (ticketId: number) => office.step(ticketId, "report-hosting-checks", officer(), { note: "Layak." });
const accept = (ticketId: number, key: string, by = officer()) =>
  office.step(ticketId, "accept-machine-check", by, { "machine-check": key });
const overrule = (ticketId: number, key: string, verdict: string, note = "Hanya contoh.") =>
  office.step(ticketId, "overrule-machine-check", officer(), { "machine-check": key, verdict, note });
const verdictsOf = async (ticketId: number) =>
  (await listMachineChecks(office.db, ticketId)).map(({ check, result, verdict }) => [check, result, verdict?.is]);

describe("a file of an application", () => {
  it("is checked when it has come to the store, and no other file is", async () => {
    const id = await checkingHosting();
    const attachmentId = await handIn(id);
    office.enqueued.splice(0);
    const stored = { sha256, sizeBytes: 9 };
    await office.act((tx) => recordFile(tx, office.setting(), { attachmentId, stored }));
    expect(office.enqueued).toContainEqual({ name: "check-file", data: { attachmentId } });
    const { id: letterId } = await office.db
      .selectFrom("attachment")
      .select("id")
      .where("ticket_id", "=", id)
      .where("field", "=", "letter")
      .executeTakeFirstOrThrow();
    office.enqueued.splice(0);
    await office.act((tx) => recordFile(tx, office.setting(), { attachmentId: letterId, stored }));
    expect(office.enqueued.filter(({ name }) => name === "check-file")).toEqual([]);
  });

  it("comes after those of others, the more of the same person's wait to be checked", async () => {
    const asked: object[] = [];
    const tasks: Setting["tasks"] = {
      enqueue: async (_tx, name, data, how) => void (name === "check-file" && asked.push({ ...data, ...how })),
    };
    const store = async (person: Person) => {
      const draftId = await office.draftOf(person);
      const file = { kind: "document", name: "a.sql", mimeType: "text/plain", telegramFileId: "a" } as const;
      const input = { draftId, field: "application-files", file };
      const attachmentId = await office.act((tx) => receiveFile(tx, person, office.setting(), input));
      const stored = { sha256, sizeBytes: 9 };
      await office.act((tx) => recordFile(tx, { ...office.setting(), tasks }, { attachmentId, stored }));
      return attachmentId;
    };
    const { neighbour, administrator } = office.people;

    const many = [await store(neighbour), await store(neighbour), await store(neighbour)];
    await record(many[0] ?? 0);
    const later = await store(neighbour);
    const other = await store(administrator);

    const behind = [0, 1, 2, 2, 0];
    expect(asked).toEqual([...many, later, other].map((attachmentId, at) => ({ attachmentId, behind: behind[at] })));
  });

  it.each([
    ["situs.zip", undefined],
    ["dump.SQL", "dump"],
    ["dump.sql.gz", "dump"],
  ])("%s is looked at as %s, where it lies under its hash", async (name, kind) => {
    const attachmentId = await handIn(await checkingHosting(), name);
    await office.db.updateTable("attachment").set({ state: "stored", sha256 }).where("id", "=", attachmentId).execute();
    const looked: [string, string | undefined][] = [];
    const look = async (path: string, of: string | undefined) => {
      looked.push([path, of]);
      return found;
    };
    const options = { db: office.db, setting: office.setting, filesFolder: "/store", checkFile: look, hosts: noHosts };
    await checkFile({ attachmentId }, options, { signal: new AbortController().signal });
    expect(looked).toEqual([[`/store/${sha256}`, kind]]);
  });

  it("of which nothing could be found out waits for a person in each check", async () => {
    const id = await checkingHosting();
    const attachmentId = await handIn(id);
    await giveUpCheck({ attachmentId }, { db: office.db, setting: office.setting });
    const checks = await listMachineChecks(office.db, id);
    expect(checks.map(({ check }) => check)).toEqual(resultsOf("archive", {}).map(({ check }) => check));
    expect(new Set(checks.map(({ result }) => result))).toEqual(new Set(["not-checked"]));
  });

  it("is recorded once, with counts in the journal and nothing of what was found", async () => {
    const id = await checkingHosting();
    const attachmentId = await handIn(id);
    await record(attachmentId);
    await record(attachmentId, resultsOf("archive", {}));
    expect(await countMachineChecks(office.db, id)).toEqual({ all: 3, waiting: 0, open: 3 });
    const rows = await office.db
      .selectFrom("journal")
      .select(["actor_id", "on_behalf_of", "details"])
      .where("event", "=", "file-checked")
      .where("subject_id", "=", attachmentId)
      .execute();
    expect(rows).toEqual([
      { actor_id: null, on_behalf_of: "data-center", details: { passed: 1, failed: 1, notChecked: 1 } },
    ]);
  });
});

describe("the data center", () => {
  it("reports to leadership when no file waits and each check has a verdict, the last one counting", async () => {
    const id = await checkingHosting();
    const file = await handIn(id);
    expect(await report(id)).toMatchObject({ refusal: { code: "machine-checks-running", values: { count: 1 } } });
    await record(file);
    expect(await report(id)).toMatchObject({ refusal: { code: "verdicts-missing", values: { count: 3 } } });
    expect((await accept(id, `${file}:malware`)).ok).toBe(true);
    expect((await overrule(id, `${file}:secrets`, "failed")).ok).toBe(true);
    expect((await overrule(id, `${file}:secrets`, "passed")).ok).toBe(true);
    expect((await overrule(id, `${file}:licences`, "failed")).ok).toBe(true);
    expect(await verdictsOf(id)).toEqual([
      ["malware", "passed", "passed"],
      ["secrets", "failed", "passed"],
      ["licences", "not-checked", "failed"],
    ]);
    expect((await report(id)).ok).toBe(true);
  });

  it("reports without verdicts where nothing was handed in, or where it never came", async () => {
    expect((await report(await checkingHosting())).ok).toBe(true);
    const id = await checkingHosting();
    const file = await handIn(id);
    await office.act((tx) => recordFile(tx, office.setting(), { attachmentId: file, stored: null }));
    expect((await report(id)).ok).toBe(true);
  });

  it("decides itself on what could not be checked, and says why", async () => {
    const id = await checkingHosting();
    const file = await handIn(id);
    await record(file);
    expect(await accept(id, `${file}:licences`)).toMatchObject({ refusal: { code: "machine-check-undecided" } });
    const silent = { "machine-check": `${file}:licences`, verdict: "passed" };
    expect(await office.step(id, "overrule-machine-check", officer(), silent)).toMatchObject({
      refusal: { code: "answer-missing", values: { field: "note" } },
    });
  });

  it("judges what was handed in last only", async () => {
    const id = await checkingHosting();
    const before = await handIn(id);
    await record(before);
    const after = await handIn(id);
    await record(after);
    expect(await accept(id, `${before}:malware`)).toMatchObject({ refusal: { code: "machine-check-gone" } });
    const other = await handIn(await checkingHosting());
    await record(other);
    expect(await accept(id, `${other}:malware`)).toMatchObject({ refusal: { code: "machine-check-gone" } });
    expect((await accept(id, `${after}:malware`)).ok).toBe(true);
  });

  it("accepts what passed in one press; done twice it changes nothing that was decided meanwhile", async () => {
    const id = await checkingHosting();
    const file = await handIn(id);
    await record(file, [...found, { check: "file-modes", result: "passed", findings: [] }]);
    const keys = [`${file}:malware`, `${file}:file-modes`];
    const { version } = await office.ticket(id);
    const acceptAll = (by = officer()) =>
      office.act((tx) => acceptPassedChecks(tx, by, office.setting(), { ticketId: id, version, keys }));
    expect(await acceptAll(office.people.helpDesk)).toMatchObject({ refusal: { code: "not-your-role" } });
    expect((await overrule(id, `${file}:malware`, "failed")).ok).toBe(true);
    expect((await acceptAll()).ok).toBe(true);
    const entries = () => office.db.selectFrom("entry").select("id").where("ticket_id", "=", id).execute();
    const before = await entries();
    expect((await acceptAll()).ok).toBe(true);
    expect(await entries()).toEqual(before);
    expect(await verdictsOf(id)).toEqual([
      ["malware", "passed", "failed"],
      ["secrets", "failed", undefined],
      ["file-modes", "passed", "passed"],
      ["licences", "not-checked", undefined],
    ]);
    await record(await handIn(id));
    expect(await acceptAll()).toMatchObject({ refusal: { code: "machine-check-gone" } });
    expect(await countMachineChecks(office.db, id)).toMatchObject({ open: 3 });
  });

  it("has nothing to judge before a machine has looked", async () => {
    const id = await checkingHosting();
    expect(await accept(id, "1:malware")).toMatchObject({ refusal: { code: "no-machine-checks" } });
  });

  it.each(["requester", "helpDesk", "infrastructure", "leadership"] as const)("judges alone, not %s", async (who) => {
    const id = await checkingHosting();
    const file = await handIn(id);
    await record(file);
    const refused = { refusal: { code: "not-your-role", values: { role: "data-center" } } };
    expect(await accept(id, `${file}:malware`, office.people[who])).toMatchObject(refused);
  });
});
