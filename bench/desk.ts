import type pg from "pg";
import { renderTicketList } from "../bot/replies/lists.ts";
import { renderMenu } from "../bot/replies/menu.ts";
import type { OfficeWords } from "../bot/replies/office-words.ts";
import { renderPeople } from "../bot/replies/people/people.ts";
import { type Connection, connect } from "../core/db/database.ts";
import { migrate } from "../core/db/migrate.ts";
import { saveOffices } from "../core/db/people/offices.ts";
import { addRole, addRoleToAll, getPerson, insertPeopleWithNip } from "../core/db/people/people.ts";
import { openEmbeddedPostgres } from "../core/db/postgres/embedded-postgres.ts";
import type { Tx } from "../core/db/tables.ts";
import type { Person } from "../core/domain/people/person.ts";
import { type Role, roles } from "../core/domain/people/roles.ts";
import { applicationTrouble } from "../core/domain/procedures/application-trouble.ts";
import { temporaryFolder } from "../test/e2e/support/folders.ts";
import { testMonitoring } from "../test/support/monitoring-rules.ts";
import { median, type Row } from "./report.ts";

const offices = 400;
const people = 2_000;
const tickets = 5_000;
const openTickets = 300;
const times = 50;
/** Issue 4: with so many, each of these answers within it. */
const aimMs = 100;

/** Rows in one statement. */
const batch = 1_000;

const given = ["Siti", "Budi", "Nurhayati", "Rudi", "Dewi", "Bonar", "Halimah"];
const family = ["Santoso", "Siregar", "Harahap", "Lubis", "Nasution"];

const now = new Date("2026-11-25T02:00:00Z");

const words: OfficeWords = {
  regency: "Kabupaten Uji",
  zone: "Asia/Jakarta",
  zoneLabel: "WIB",
  roles: Object.fromEntries(roles.map((role) => [role, role])) as Record<Role, string>,
  applications: [],
  catalogue: [],
  maintainers: { applications: [], devices: [] },
  addressQuarantineDays: 30,
  addressSilentDays: 30,
  monitoring: testMonitoring,
  hasPages: false,
  names: { domain: "labura.go.id", villageSuffix: "labura", nameServers: [], contact: "hostmaster@labura.go.id" },
  districts: [],
  botUsername: "simpul_bot",
};

/** What people look at most, in a regency of 400 offices: the time that the database takes for it. */
export async function desk(): Promise<Row[]> {
  await using folder = await temporaryFolder();
  const postgres = await openEmbeddedPostgres({ home: folder.path });
  try {
    await migrate(postgres.config);
    const owner = connect(postgres.config, { as: "owner", max: 1 });
    const staff = await owner.db.transaction().execute(fill);
    await owner.pool.query("analyze");
    await owner.close();
    const application = connect(postgres.config, { as: "application", max: 2 });
    const rows = await measureAll(application, staff);
    await application.close();
    return rows;
  } finally {
    await postgres.stop();
  }
}

type Staff = { deskWorker: Person; officer: Person; administrator: Person };

async function measureAll(application: Connection, { deskWorker, officer, administrator }: Staff): Promise<Row[]> {
  const { db } = application;
  const clock = clockOf(application.pool);
  const queue = (page: number) => renderTicketList(db, deskWorker, { list: "queue", page }, words);
  return [
    await measure(clock, "first screen of somebody of the desk", () => renderMenu(db, deskWorker, words)),
    await measure(clock, `queue of ${openTickets} open tickets`, () => queue(0)),
    await measure(clock, "the same, its last page", () => queue(Math.floor(openTickets / 6) - 1)),
    await measure(clock, "tickets of an office", () =>
      renderTicketList(db, officer, { list: "office", page: 0 }, words),
    ),
    await measure(clock, `search among ${people} people`, (time) =>
      renderPeople(db, administrator, { search: `santoso ${time}`, page: 0 }),
    ),
    await measure(clock, "the register, its first page", () =>
      renderPeople(db, administrator, { search: "", page: 0 }),
    ),
  ];
}

/** Time spent waiting for the database, and how many queries that were, since it was last read. */
type Clock = { read(): { ms: number; queries: number } };

/** Every connection of the pool is wrapped, so that nothing is left out, whoever asks. */
function clockOf(pool: pg.Pool): Clock {
  let spent = { ms: 0, queries: 0 };
  pool.on("connect", (client) => {
    const ask = client.query.bind(client) as (...query: unknown[]) => Promise<unknown>;
    const timed = async (...query: unknown[]) => {
      const begin = performance.now();
      const answer = await ask(...query);
      spent = { ms: spent.ms + performance.now() - begin, queries: spent.queries + 1 };
      return answer;
    };
    client.query = timed as typeof client.query;
  });
  return {
    read() {
      const since = spent;
      spent = { ms: 0, queries: 0 };
      return since;
    },
  };
}

async function measure(clock: Clock, what: string, show: (time: number) => Promise<unknown>): Promise<Row> {
  await show(0); // plans and caches are warm, as after the first minute of a day
  clock.read();
  const figures: number[] = [];
  let queries = 0;
  for (let time = 0; time < times; time++) {
    await show(time);
    const spent = clock.read();
    figures.push(spent.ms);
    queries = Math.max(queries, spent.queries);
  }
  const compared = `worst of ${times}: ${milliseconds(Math.max(...figures))}; ${queries} queries; aim: ${aimMs} ms`;
  return { what, figure: milliseconds(median(figures)), compared };
}

/** Offices, people and tickets, and somebody who looks at them from each side. */
async function fill(tx: Tx): Promise<Staff> {
  const names = Array.from({ length: offices }, (_, index) => `Kantor ${index}`);
  await saveOffices(
    tx,
    names.map((name, index) => ({ code: `K${index}`, name })),
  );
  const officeIds = (await tx.selectFrom("office").select("id").orderBy("id").execute()).map(({ id }) => id);
  const idOf = (index: number) => officeIds[index % offices] ?? 0;
  const registered = Array.from({ length: people }, (_, index) => ({
    name: `${given[index % given.length]} ${family[index % family.length]} ${index}`,
    nip: `19${70 + Math.floor(index / 1000)}01012010011${String(index % 1000).padStart(3, "0")}`,
    officeId: idOf(index),
  }));
  const personIds = [...(await insertPeopleWithNip(tx, registered, now)).values()];
  const [first = 0, second = 0, third = 0] = personIds;
  await addRoleToAll(tx, { personIds, role: "user", grantedBy: first, now });
  const grants: [number, Role][] = [
    [first, "help-desk"],
    [first, "it-support"],
    [second, "system-officer"],
    [third, "administrator"],
  ];
  for (const [personId, role] of grants) await addRole(tx, { personId, role, grantedBy: null, now });
  await fillTickets(tx, personIds, idOf);
  return {
    deskWorker: await getPerson(tx, first),
    officer: await getPerson(tx, second),
    administrator: await getPerson(tx, third),
  };
}

async function fillTickets(tx: Tx, personIds: readonly number[], idOf: (index: number) => number): Promise<void> {
  const all = Array.from({ length: tickets }, (_, index) => {
    const isOpen = index >= tickets - openTickets;
    const isTaken = isOpen && index % 3 === 0;
    return {
      procedure: applicationTrouble.name,
      state: isOpen ? "checking-application" : "closed",
      holder: isOpen ? ("it-support" as const) : null,
      assignee_id: isTaken ? (personIds[index % 20] ?? null) : null,
      requester_id: personIds[index % people] ?? 0,
      office_id: idOf(index),
      subject: `Aplikasi ${index % 40}`,
      answers: JSON.stringify({ application: `Aplikasi ${index % 40}`, description: "Tidak bisa dibuka. ".repeat(20) }),
      occurred_at: now,
      reported_at: now,
      changed_at: now,
      ended_at: isOpen ? null : now,
    };
  });
  for (let from = 0; from < all.length; from += batch) {
    await tx
      .insertInto("ticket")
      .values(all.slice(from, from + batch))
      .execute();
  }
}

function milliseconds(figure: number): string {
  return `${figure.toFixed(1)} ms`;
}
