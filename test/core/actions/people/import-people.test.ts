import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { discardImport, importPeople, receivePeopleFile } from "../../../../core/actions/people/import-people.ts";
import { recordReading } from "../../../../core/actions/read-list-file.ts";
import { type IncomingFile, recordFile } from "../../../../core/actions/upload/keep-files.ts";
import { peopleImports } from "../../../../core/db/list-imports.ts";
import { findOfficeByCode } from "../../../../core/db/people/offices.ts";
import { findPersonByNip, insertPerson, updatePerson } from "../../../../core/db/people/people.ts";
import { deleteLooseAttachments } from "../../../../core/db/ticket/attachments.ts";
import { accept } from "../../../../core/domain/outcome.ts";
import type { CheckedFile, LineProblem, ReadyLine } from "../../../../core/domain/people/people-file.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { morning, openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
let dinkes: number;
let sequence = 100;
beforeAll(async () => {
  office = await openOffice();
  dinkes = (await findOfficeByCode(office.db, "Dinkes")).id;
});
afterAll(() => office.close());
beforeEach(async () => {
  await office.takeMail();
  office.enqueued.length = 0;
});

const document: IncomingFile = {
  kind: "document",
  name: "pegawai.csv",
  mimeType: "text/csv",
  telegramFileId: "BQAC-list",
};
const stored = { sha256: "a".repeat(64), sizeBytes: 100 };

const receive = (by: Person = office.people.administrator, file = document) =>
  office.act((tx) => receivePeopleFile(tx, by, office.setting(), { file }));

/** A list that was sent and is being read. */
async function reading(): Promise<{ importId: number; attachmentId: number }> {
  const received = await receive();
  if (!received.ok) throw new Error(received.refusal.code);
  const row = await office.db
    .selectFrom("people_import")
    .select(["id as importId", "attachment_id as attachmentId"])
    .orderBy("id", "desc")
    .executeTakeFirstOrThrow();
  return row;
}

function ready(line: number, changes: Partial<ReadyLine> = {}): ReadyLine {
  sequence += 1;
  return { line, name: `Pegawai Baru ${sequence}`, nip: `199001012015012${sequence}`, officeId: dinkes, ...changes };
}

async function checkedList(changes: Partial<CheckedFile>): Promise<number> {
  const { importId } = await reading();
  const checked = accept<CheckedFile>({ ready: [], known: [], problems: [], ...changes });
  await office.act((tx) => recordReading(tx, office.setting(), { importId, checked }));
  await office.takeMail();
  return importId;
}

const start = (importId: number, by: Person = office.people.administrator) =>
  office.act((tx) => importPeople(tx, by, office.setting(), { importId }));

describe("a list of people", () => {
  it("is fetched, and read when it is there", async () => {
    const { importId, attachmentId } = await reading();
    expect(office.enqueued).toEqual([{ name: "fetch-file", data: { attachmentId } }]);
    await office.act((tx) => recordFile(tx, office.setting(), { attachmentId, stored }));
    expect(office.enqueued.at(-1)).toEqual({ name: "read-people-file", data: { importId } });
    expect(await office.takeMail()).toEqual([]);
  });

  it("that cannot be fetched is refused, and who sent it is told", async () => {
    const { importId, attachmentId } = await reading();
    await office.act((tx) => recordFile(tx, office.setting(), { attachmentId, stored: null }));
    expect(await peopleImports.find(office.db, importId)).toMatchObject({
      state: "refused",
      refusal: { code: "list-not-fetched" },
    });
    const { administrator } = office.people;
    expect(await office.takeMail()).toEqual([{ to: administrator.name, kind: "people-import", importId }]);
  });

  it("is taken from administrators only, and only as a document", async () => {
    expect(await receive(office.people.leadership)).toMatchObject({ refusal: { code: "not-administrator" } });
    const photo = { ...document, kind: "photo" } as const;
    expect(await receive(office.people.administrator, photo)).toMatchObject({ refusal: { code: "document-expected" } });
    expect(office.enqueued).toEqual([]);
  });

  it("is shown before anybody is added; more than ten problems come as a document first", async () => {
    const problems = (count: number): LineProblem[] =>
      Array.from({ length: count }, (_, index) => ({ line: index + 2, code: "name-missing", values: {} }));
    for (const [count, kinds] of [
      [10, ["people-import"]],
      [11, ["import-problems", "people-import"]],
    ] as const) {
      const { importId } = await reading();
      const line = ready(99);
      const checked = accept({ ready: [line], known: [], problems: problems(count) });
      await office.act((tx) => recordReading(tx, office.setting(), { importId, checked }));
      expect((await office.takeMail()).map(({ kind }) => kind)).toEqual(kinds);
      expect(await findPersonByNip(office.db, line.nip)).toBeUndefined();
    }
  });

  it("that is read twice keeps what was found first", async () => {
    const importId = await checkedList({ ready: [ready(2)] });
    const again = accept({ ready: [], known: [], problems: [] });
    await office.act((tx) => recordReading(tx, office.setting(), { importId, checked: again }));
    expect((await peopleImports.find(office.db, importId))?.ready).toHaveLength(1);
    expect(await office.takeMail()).toEqual([]);
  });

  it("keeps its file over the night", async () => {
    const { attachmentId } = await reading();
    await office.act(deleteLooseAttachments);
    const rows = office.db.selectFrom("attachment").select("id").where("id", "=", attachmentId);
    expect(await rows.execute()).toHaveLength(1);
  });
});

describe("an import", () => {
  it("adds each as a user of the office, and writes one row with counts and one for each person", async () => {
    const lines = [ready(2), ready(3)];
    const importId = await checkedList({
      ready: lines,
      known: [4],
      problems: [{ line: 5, code: "name-missing", values: {} }],
    });
    expect(await start(importId)).toEqual({ ok: true, value: undefined });

    const ids: number[] = [];
    for (const { name, nip } of lines) {
      const person = await findPersonByNip(office.db, nip);
      expect(person).toMatchObject({ name, officeId: dinkes, roles: ["user"], isActive: true });
      ids.push(person?.id ?? 0);
    }
    expect(await peopleImports.find(office.db, importId)).toMatchObject({ state: "imported", imported: 2, ready: [] });
    const journal = await office.db
      .selectFrom("journal")
      .select(["event", "actor_id as by", "subject_id as id", "details"])
      .where("event", "in", ["people-imported", "person-added"])
      .orderBy("id")
      .execute();
    const by = office.people.administrator.id;
    expect(journal).toEqual([
      { event: "people-imported", by, id: importId, details: { added: 2, known: 1, problems: 1 } },
      ...ids.map((id) => ({ event: "person-added", by, id, details: { officeId: dinkes } })),
    ]);
  });

  it("looks at the register again: who came meanwhile is known, who came elsewhere is a problem of the line", async () => {
    const [fresh, here, elsewhere, gone] = [ready(2), ready(3), ready(4), ready(5)];
    const importId = await checkedList({ ready: [fresh, here, elsewhere, gone] });
    await office.hire(["user"], { office: "Dinkes", nip: here.nip });
    await office.hire(["user"], { office: "Disdukcapil", nip: elsewhere.nip });
    const left = await office.hire([], { office: "Dinkes", nip: gone.nip });
    await office.act((tx) => updatePerson(tx, left.id, { is_active: false }));
    await start(importId);
    expect(await peopleImports.find(office.db, importId)).toMatchObject({
      imported: 1,
      known: [3],
      problems: [
        { line: 4, code: "nip-of-another-office" },
        { line: 5, code: "nip-of-somebody-who-left" },
      ],
    });
  });

  it("pressed twice, also at the same moment, adds once", async () => {
    const line = ready(2);
    const importId = await checkedList({ ready: [line] });
    const press = (tx: Parameters<typeof importPeople>[0]) =>
      importPeople(tx, office.people.administrator, office.setting(), { importId });
    const results = await office.atOnce(press, press);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject({
      refusal: { code: "imported-already", values: { count: 1 } },
    });
  });

  it("of two lists with one NIP at the same moment adds one person, without a fault", async () => {
    const line = ready(2);
    const [one, other] = [await checkedList({ ready: [line] }), await checkedList({ ready: [line] })];
    const results = await office.atOnce(
      (tx) => importPeople(tx, office.people.administrator, office.setting(), { importId: one }),
      (tx) => importPeople(tx, office.people.administrator, office.setting(), { importId: other }),
    );
    expect(results.every(({ ok }) => ok)).toBe(true);
    const added = [await peopleImports.find(office.db, one), await peopleImports.find(office.db, other)];
    expect(added.map((list) => list?.imported).sort()).toEqual([0, 1]);
    expect(added.flatMap((list) => list?.known ?? [])).toEqual([2]);
  });

  it("of two lists with the same people in opposite order at the same moment adds each once, without a fault", async () => {
    const lines = [ready(2), ready(3), ready(4), ready(5), ready(6)];
    const middle = lines[2]?.nip ?? "";
    const [one, other] = [await checkedList({ ready: lines }), await checkedList({ ready: lines.toReversed() })];
    const by = office.people.administrator;
    // Holds up both lists in their middle.
    const colleague = office.act(async (tx) => {
      await insertPerson(tx, { name: "Pegawai Tengah", nip: middle, officeId: dinkes, now: morning });
      const imports = [one, other].map((importId) =>
        office.act((inner) => importPeople(inner, by, office.setting(), { importId })),
      );
      await office.waiters(2);
      return imports;
    });
    const results = await Promise.all(await colleague);

    expect(results.every(({ ok }) => ok)).toBe(true);
    const counts = [await peopleImports.find(office.db, one), await peopleImports.find(office.db, other)].map(
      (list) => list?.imported,
    );
    expect(counts.sort()).toEqual([0, 4]);
  });

  it("takes five thousand lines at once", async () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => {
      const [year, number] = [70 + Math.floor(index / 1000), String(index % 1000).padStart(3, "0")];
      return { line: index + 2, name: `Massal ${index}`, nip: `19${year}01012010011${number}`, officeId: dinkes };
    });
    const importId = await checkedList({ ready: lines });
    expect((await start(importId)).ok).toBe(true);
    expect(await peopleImports.find(office.db, importId)).toMatchObject({ imported: 5_000 });
  });

  it.each<[string, () => Promise<unknown>, string]>([
    [
      "by others",
      async () => start(await checkedList({ ready: [ready(2)] }), office.people.leadership),
      "not-administrator",
    ],
    [
      "of another administrator's list",
      async () => start(await checkedList({ ready: [ready(2)] }), office.people.administrator2),
      "no-such-import",
    ],
    ["of a list that is not there", () => start(999_999), "no-such-import"],
    ["of a list that is still read", async () => start((await reading()).importId), "no-such-import"],
    ["of nobody", async () => start(await checkedList({ known: [2] })), "nothing-to-import"],
  ])("is refused %s", async (_, attempt, code) => {
    expect(await attempt()).toMatchObject({ refusal: { code } });
  });

  it("that is discarded is over", async () => {
    const importId = await checkedList({ ready: [ready(2)] });
    const discard = () =>
      office.act((tx) => discardImport(tx, office.people.administrator, office.setting(morning), { importId }));
    expect((await discard()).ok).toBe(true);
    expect(await discard()).toMatchObject({ refusal: { code: "no-such-import" } });
    expect(await start(importId)).toMatchObject({ refusal: { code: "no-such-import" } });
    expect(await peopleImports.find(office.db, importId)).toMatchObject({ state: "discarded", ready: [] });
  });
});
