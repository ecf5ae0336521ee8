import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { linkAccount } from "../../../core/actions/people/link-account.ts";
import {
  type CodeForPerson,
  type PlayedPerson,
  prepareAdministrators,
  preparePlayground,
} from "../../../core/actions/prepare-installation.ts";
import type { Setting } from "../../../core/actions/setting.ts";
import { saveOffices } from "../../../core/db/people/offices.ts";
import { getPerson, listPeopleWithRole, searchPeople, updatePerson } from "../../../core/db/people/people.ts";
import type { Tx } from "../../../core/db/tables.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { morning } from "../../support/office.ts";
import { testRules } from "../../support/rules.ts";
import { query } from "../../support/server.ts";

const setting: Setting = {
  now: morning,
  rules: testRules,
  tasks: { enqueue: async () => undefined },
};
const everybody = { offset: 0, limit: 100 };

const playground: PlayedPerson[] = [
  { key: "user", name: "Imas Setiawati", nip: "199001012015012941", officeCode: "Disdik", roles: ["user"] },
  { key: "help-desk", name: "Lilis Karmila", nip: null, officeCode: "Diskominfo", roles: ["user", "help-desk"] },
];

let database: TestDatabase;
const act = <Result>(work: (tx: Tx) => Promise<Result>) => database.db.transaction().execute(work);
const administrators = () => act((tx) => prepareAdministrators(tx, setting, { officeCode: "Diskominfo" }));
const later = (minutes: number) => new Date(setting.now.getTime() + minutes * 60_000);
const waitsForRow = `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;

/** Of so many starts, a minute after each other. */
async function codesOfStarts(count: number): Promise<CodeForPerson[][]> {
  const starts: CodeForPerson[][] = [];
  for (let minute = 0; minute < count; minute += 1)
    starts.push(
      await act((tx) => prepareAdministrators(tx, { ...setting, now: later(minute) }, { officeCode: "Diskominfo" })),
    );
  return starts;
}

const link = (account: number, code = "", at = setting) => act((tx) => linkAccount(tx, account, at, { code }));
const players = () => act((tx) => preparePlayground(tx, playground, setting));

beforeEach(async () => {
  database = await freshDatabase();
  onTestFinished(() => database.close());
  await saveOffices(database.db, [
    { code: "Diskominfo", name: "Dinas Komunikasi dan Informatika" },
    { code: "Disdik", name: "Dinas Pendidikan" },
  ]);
});

describe("administrators", () => {
  it("are two from the start, each with a code for the server's terminal", async () => {
    const codes = await administrators();

    expect(codes).toEqual([
      { name: "Administrator 1", code: expect.any(String) },
      { name: "Administrator 2", code: expect.any(String) },
    ]);
    const people = await listPeopleWithRole(database.db, "administrator");
    expect(people.map(({ name, roles }) => [name, roles])).toEqual([
      ["Administrator 1", ["administrator"]],
      ["Administrator 2", ["administrator"]],
    ]);
  });

  it("are not three after a second start", async () => {
    await administrators();
    await administrators();

    expect(await listPeopleWithRole(database.db, "administrator")).toHaveLength(2);
  });

  it("may use the code of any of the last five starts, but no older one", async () => {
    const starts = await codesOfStarts(6);
    const codes = starts.map(([first]) => first?.code ?? "");

    expect(new Set(codes).size).toBe(6);
    expect(await link(11, codes[0])).toMatchObject({ refusal: { code: "code-unknown" } });
    expect((await link(11, codes[1])).ok).toBe(true);
  });

  it("who have used one have no other that is good, and that of the other one stays so", async () => {
    const starts = await codesOfStarts(5);
    const [first, second] = [0, 1].map((who) => starts.map((codes) => codes[who]?.code ?? ""));
    expect((await link(11, first?.[2])).ok).toBe(true);

    for (const code of first ?? []) expect(await link(12, code)).toMatchObject({ ok: false });
    expect((await link(12, second?.[0])).ok).toBe(true);
  });

  it("lose a code when its time is over, though newer ones are good", async () => {
    const [[first] = [], [last] = []] = await codesOfStarts(2);
    const justBefore = { ...setting, now: later(testRules.linkCodeHours * 60) };

    expect(await link(11, first?.code, justBefore)).toMatchObject({ refusal: { code: "code-expired" } });
    expect((await link(11, last?.code, justBefore)).ok).toBe(true);
  });

  it("who are being linked while another bot starts get no code that would be good afterwards", async () => {
    const [first] = await administrators();
    const linking = await database.db.startTransaction().execute();
    expect((await linkAccount(linking, 11, setting, { code: first?.code ?? "" })).ok).toBe(true);
    const starting = administrators();
    await expect.poll(async () => (await query(database.config, waitsForRow)).rowCount, { interval: 10 }).toBe(1);

    await linking.commit().execute();

    expect((await starting).map(({ name }) => name)).toEqual(["Administrator 2"]);
  });

  it("who are linked get no code any more", async () => {
    const [first] = await administrators();
    await act((tx) => linkAccount(tx, 11, setting, { code: first?.code ?? "" }));

    expect((await administrators()).map(({ name }) => name)).toEqual(["Administrator 2"]);
  });

  it("who have left are replaced, so that a second one is there", async () => {
    await administrators();
    const [first] = await listPeopleWithRole(database.db, "administrator");
    await act((tx) => updatePerson(tx, first?.id ?? 0, { is_active: false }));

    await administrators();

    expect(await listPeopleWithRole(database.db, "administrator")).toHaveLength(2);
  });

  it("are in the journal, added by the system", async () => {
    await administrators();

    const rows = await database.db.selectFrom("journal").select(["event", "actor_id"]).orderBy("id").execute();
    expect(rows.map(({ event, actor_id }) => [event, actor_id])).toEqual([
      ["person-added", null],
      ["person-added", null],
      ["link-code-issued", null],
      ["link-code-issued", null],
    ]);
  });

  it("of an office that is not there are a fault", async () => {
    await expect(act((tx) => prepareAdministrators(tx, setting, { officeCode: "Dinas Gaib" }))).rejects.toThrow();
    expect(await searchPeople(database.db, "", everybody)).toEqual([]);
  });
});

describe("the playground's people", () => {
  it("are there once, with their offices and roles, however often it starts", async () => {
    const codes = await players();
    await players();

    expect(codes.map(({ name }) => name)).toEqual(["Imas Setiawati", "Lilis Karmila"]);
    const people = await searchPeople(database.db, "", everybody);
    expect(people).toMatchObject([
      { name: "Imas Setiawati", nip: "199001012015012941", roles: ["user"] },
      { name: "Lilis Karmila", nip: null, roles: ["help-desk", "user"] },
    ]);
    expect(people[0]?.officeId).not.toBe(people[1]?.officeId);
  });

  it("are found again after an administrator corrected a name", async () => {
    await players();
    const [imas] = await searchPeople(database.db, "Imas", everybody);
    await act((tx) => updatePerson(tx, imas?.id ?? 0, { name: "Imas Setiawati, S.Kom." }));

    expect((await players()).map(({ key, name }) => [key, name])).toContainEqual(["user", "Imas Setiawati, S.Kom."]);
    expect(await searchPeople(database.db, "", everybody)).toHaveLength(2);
  });

  it("keep the roles that they were given meanwhile", async () => {
    await players();
    const [imas] = await searchPeople(database.db, "Imas", everybody);
    if (imas === undefined) throw new Error("Imas is not there");
    await database.db.deleteFrom("person_role").where("person_id", "=", imas.id).execute();

    await players();

    expect((await getPerson(database.db, imas.id)).roles).toEqual([]);
  });

  it("link themselves by their codes, as anybody would", async () => {
    const [imas] = await players();

    const linked = await act((tx) => linkAccount(tx, 11, setting, { code: imas?.code ?? "" }));

    expect(linked).toMatchObject({ ok: true, value: { name: "Imas Setiawati" } });
    expect((await players()).map(({ name }) => name)).toEqual(["Lilis Karmila"]);
  });
});
