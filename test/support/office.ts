import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { pino } from "pino";
import type { OfficeRules, Setting } from "../../core/actions/setting.ts";
import { doStep } from "../../core/actions/ticket/do-step.ts";
import { fileTicket } from "../../core/actions/ticket/file-ticket.ts";
import { storeStep } from "../../core/actions/ticket/store-step.ts";
import { receiveFile } from "../../core/actions/upload/keep-files.ts";
import { sealWith } from "../../core/db/journal/seal.ts";
import { linkAccount } from "../../core/db/people/accounts.ts";
import { findOfficeByCode, saveOffices } from "../../core/db/people/offices.ts";
import { addRole, getPerson, insertPerson } from "../../core/db/people/people.ts";
import type { Db, Tx } from "../../core/db/tables.ts";
import { insertDraft } from "../../core/db/ticket/drafts.ts";
import { findTicket } from "../../core/db/ticket/tickets.ts";
import type { Answers } from "../../core/domain/form/field.ts";
import type { HostingRules } from "../../core/domain/hosting/hosting-rules.ts";
import { accept } from "../../core/domain/outcome.ts";
import type { Person } from "../../core/domain/people/person.ts";
import type { Role } from "../../core/domain/people/roles.ts";
import { findProcedure } from "../../core/domain/procedures/index.ts";
import { findStep } from "../../core/domain/procedures/procedure.ts";
import { decideStepByClock } from "../../core/domain/ticket/step-rules.ts";
import type { Ticket } from "../../core/domain/ticket/ticket.ts";
import { expireAddresses } from "../../worker/tasks/expire-addresses.ts";
import { expireApplications } from "../../worker/tasks/expire-applications.ts";
import { expireNames } from "../../worker/tasks/expire-names.ts";
import { expirePlaces } from "../../worker/tasks/expire-places.ts";
import { expireSecrets } from "../../worker/tasks/expire-secrets.ts";
import { keepSubstitutions } from "../../worker/tasks/keep-substitutions.ts";
import { wakeTickets } from "../../worker/tasks/wake-tickets.ts";
import { freshDatabase, type TestDatabase } from "./database.ts";
import { hostApplication, hostKeepingFiles, keptApplication } from "./hosted.ts";
import { endMachineWork, testHosting } from "./hosting.ts";
import { openRegisters } from "./registers.ts";
import { testRules } from "./rules.ts";
import { vendorKey } from "./vendor-keys.ts";

/** Where people reach the pages. */
export const pagesUrl = "https://desk.test/";

/** Sunday 22 November 2026, 09.00 WIB. */
export const morning = new Date("2026-11-22T02:00:00Z");

export function minutesAfter(date: Date, minutes: number): Date {
  return new Date(date.getTime() + minutes * 60_000);
}

const offices = [
  { code: "Diskominfo", name: "Dinas Komunikasi dan Informatika" },
  { code: "Disdukcapil", name: "Dinas Kependudukan dan Pencatatan Sipil" },
  { code: "Dinkes", name: "Dinas Kesehatan" },
];

/** Who is there from the start, by what tests call them. Two at the help desk and of it-support. */
const staff = {
  requester: { name: "Nurhayati Siregar", office: "Disdukcapil", roles: ["user"] },
  neighbour: { name: "Tiurma Hutagalung", office: "Disdukcapil", roles: ["user"] },
  helpDesk: { name: "Rosmaida Ritonga", office: "Diskominfo", roles: ["help-desk"] },
  helpDesk2: { name: "Saut Pardede", office: "Diskominfo", roles: ["help-desk"] },
  itSupport: { name: "Andika Lubis", office: "Diskominfo", roles: ["it-support"] },
  itSupport2: { name: "Bayu Nasution", office: "Diskominfo", roles: ["it-support"] },
  dataCenter: { name: "Dedi Harahap", office: "Diskominfo", roles: ["data-center"] },
  infrastructure: { name: "Efendi Rambe", office: "Diskominfo", roles: ["infrastructure"] },
  leadership: { name: "Farida Daulay", office: "Diskominfo", roles: ["leadership"] },
  committee: { name: "Iskandar Hasibuan", office: "Diskominfo", roles: ["committee"] },
  executive: { name: "Juliana Pohan", office: "Diskominfo", roles: ["executive"] },
  administrator: { name: "Gunawan Tanjung", office: "Diskominfo", roles: ["administrator"] },
  administrator2: { name: "Halimah Dalimunthe", office: "Diskominfo", roles: ["administrator"] },
  nonTechnical: { name: "Irma Sihombing", office: "Diskominfo", roles: ["non-technical"] },
} as const satisfies Record<string, { name: string; office: string; roles: readonly Role[] }>;

type StaffName = keyof typeof staff;

/** Who does the steps of a role where a test does not care. */
const doers: Partial<Record<Role, StaffName>> = {
  user: "requester",
  "help-desk": "helpDesk",
  "it-support": "itSupport",
  "data-center": "dataCenter",
  infrastructure: "infrastructure",
  "non-technical": "nonTechnical",
  leadership: "leadership",
};

/** A message that waits in the outbox, and for whom. */
export type Mail = { to: string; edits?: number; kind: string } & Record<string, unknown>;

export type HireOptions = {
  name?: string;
  /** absent: one that nobody else has; null: no civil servant */
  nip?: string | null;
  office?: "Diskominfo" | "Disdukcapil" | "Dinkes";
  isLinked?: boolean;
};

/** Of who is hired as that one. */
export function nipOf(number: number): string {
  return `198501012010011${String(number).padStart(3, "0")}`;
}

/** What is complained of, or asked for, where a test does not care, by procedure. */
const complaints = {
  "application-trouble": { application: "SIMPEG", description: "Layar putih.", "occurred-at": "08.30" },
  "internet-trouble": { connection: "wi-fi", place: "Aula", description: "Putus-putus.", "occurred-at": "08.30" },
  weakness: { description: "Pintu ruang server tidak terkunci." },
  "short-request": { devices: "3", description: "Rapat di aula.", "official-duty": "accepted" },
  "approved-request": { systems: "Server SIMPEG", description: "Pemeliharaan aplikasi." },
  "network-point": {
    ...{ "point-kind": "wired", place: "Aula", points: "3", description: "Komputer baru." },
    "official-duty": "accepted",
  },
  hosting: {
    ...{ service: "hosting", application: "SIMPEG", description: "PHP dan MariaDB." },
    ...{ "letter-number": "555/210/2026", "letter-date": "20-11-2026", "official-duty": "accepted" },
  },
  "application-change": { change: "stop", description: "Pemeliharaan.", "official-duty": "accepted" },
  "vendor-access": {
    ...{ "access-kind": "sftp", vendor: "PT Karya Digital", "vendor-person": "Rudi Hartono", "public-key": vendorKey },
    ...{ until: "2 minggu lagi", description: "Memasang modul cuti.", "official-duty": "accepted" },
  },
  "application-purge": { description: "Sudah diganti." },
  exception: {
    rule: "Batas lampiran e-mail",
    description: "Mengirim gambar perencanaan.",
    until: "31-12-2026",
    "official-duty": "accepted",
  },
  "platform-change": { description: "Caddy yang baru." },
} as const satisfies Record<string, Answers>;

/** The application that is changed, purged or opened to a vendor. */
const makers: Partial<Record<ComplaintName, typeof hostApplication>> = {
  "application-change": hostApplication,
  "application-purge": keptApplication,
  "vendor-access": hostKeepingFiles,
};

/** Who files what not everybody may. */
const filers: Partial<Record<ComplaintName, StaffName>> = { "platform-change": "dataCenter" };

/** The entry of the catalogue that is asked for. */
const items: Partial<Record<ComplaintName, string>> = { "short-request": "wi-fi", "approved-request": "vpn" };

export type ComplaintName = keyof typeof complaints;

export type FilingOptions = { by?: Person; procedure?: ComplaintName; answers?: Answers; now?: Date };

export type TestOffice = Awaited<ReturnType<typeof openOffice>>;

/**
 * A small office in a database of its own; nothing is ever rolled back.
 *
 * @param options.database empty but for its tables @param options.enqueue gets the tasks, beside the list of them
 */
export async function openOffice({
  database: given,
  hosting = testHosting,
  enqueue,
}: {
  database?: TestDatabase;
  hosting?: HostingRules;
  enqueue?: Setting["tasks"]["enqueue"];
} = {}) {
  const database = given ?? (await freshDatabase());
  // Its register says of nothing who maintains it, so that every step is possible.
  const rules: OfficeRules = { ...testRules, maintainers: { applications: [], devices: [] }, hosting };
  const { db } = database;
  const enqueued: { name: string; data: object }[] = [];
  const names = new Map<number, string>();
  await saveOffices(db, offices);
  const act = <Result>(work: (tx: Tx) => Promise<Result>) => db.transaction().execute(work);

  /** Somebody with these roles, linked to an account. */
  async function hire(roles: readonly Role[], options: HireOptions = {}): Promise<Person> {
    const { name = `Pegawai ${names.size + 1}`, office = "Diskominfo", isLinked = true } = options;
    return act(async (tx) => {
      const { id: officeId } = await findOfficeByCode(tx, office);
      const { nip = nipOf(names.size + 1) } = options;
      const id = await insertPerson(tx, { name, nip, officeId, now: morning });
      for (const role of roles) await addRole(tx, { personId: id, role, grantedBy: null, now: morning });
      if (isLinked) await linkAccount(tx, { personId: id, telegramUserId: chatOf({ id }), now: morning });
      names.set(chatOf({ id }), name);
      return getPerson(tx, id);
    });
  }

  const people = {} as Record<StaffName, Person>;
  for (const [key, { roles, ...options }] of Object.entries(staff)) {
    people[key as StaffName] = await hire(roles, options);
  }

  const seal = sealWith(randomBytes(32));
  const setting = (now = morning, changed: Partial<OfficeRules> = {}): Setting => ({
    now,
    rules: { ...rules, ...changed },
    tasks: {
      enqueue: async (tx, name, data) => {
        enqueued.push({ name, data });
        await enqueue?.(tx, name, data);
      },
    },
    ...{ seal, pagesUrl },
  });

  /** Who does the steps of a role; the requester is who files what not everybody may. */
  function doerOf(procedure: ComplaintName, role: Role): Person {
    const filer = filers[procedure];
    return role === "user" && filer !== undefined ? people[filer] : doer(role);
  }

  function doer(role: Role): Person {
    const key = doers[role];
    if (key === undefined) throw new Error(`nobody does the steps of ${role} in this office`);
    return people[key];
  }

  async function ticket(id: number): Promise<Ticket> {
    const found = await findTicket(db, id);
    if (found === undefined) throw new Error(`there is no ticket ${id}`);
    return found;
  }

  const registers = openRegisters({ db, act, people, setting });

  const draftOf = (person: Person) =>
    act((tx) =>
      insertDraft(tx, {
        ...{ chatId: chatOf(person), personId: person.id, form: "files", subject: {}, question: "files", answers: {} },
        ...{ now: morning, expiresAt: minutesAfter(morning, 60) },
      }),
    );

  /** A form in which one question for files is answered. */
  async function draftWithFile(person: Person, field: string): Promise<number> {
    const draftId = await draftOf(person);
    const file = { kind: "document", name: "surat.pdf", mimeType: "application/pdf", telegramFileId: "BQAC" } as const;
    await act((tx) => receiveFile(tx, person, setting(), { draftId, field, file }));
    return draftId;
  }

  /** Files a complaint; its number. */
  async function file(options: FilingOptions = {}): Promise<number> {
    const { procedure = "application-trouble", answers = {}, now = morning } = options;
    const { by = people[filers[procedure] ?? "requester"] } = options;
    const files = procedure === "hosting" ? "letter" : answers.change === "version" ? "application-files" : undefined;
    const draftId = files === undefined ? 0 : await draftWithFile(by, files);
    const item = items[procedure];
    const wanted = item === undefined ? { procedure } : { item };
    const hosted = await hostedFor(procedure, answers);
    const input = { ...wanted, answers: { ...complaints[procedure], ...hosted, ...answers }, draftId };
    const filed = await act((tx) => fileTicket(tx, by, setting(now), input));
    if (!filed.ok) throw new Error(`filing a ticket for a test: ${filed.refusal.code}`);
    return filed.value;
  }

  /** What is changed or purged where a test does not say. */
  async function hostedFor(procedure: ComplaintName, answers: Answers): Promise<Answers> {
    const make = makers[procedure];
    if (make === undefined || answers["hosted-application"] !== undefined) return {};
    return { "hosted-application": (await make({ act, db, file, setting, walk })).stack };
  }

  /** Does a step with a button of the ticket's present version. */
  async function step(ticketId: number, name: string, by: Person, answers: Answers = {}, now = morning) {
    const { version, procedure } = await ticket(ticketId);
    const { asks = [] } = findStep(findProcedure(procedure), name) ?? {};
    const files = asks.find((field) => field.kind === "files" && !field.optional);
    const form = files === undefined ? {} : { draftId: await draftWithFile(by, files.name) };
    return act((tx) => doStep(tx, by, setting(now), { ticketId, step: name, version, answers, ...form }));
  }

  /** What `@…` stands for in the answers to a step: who does the steps of a role, or what the registers offer. */
  const offered = (name: string, ticketId: number) =>
    registers.offer(name, ticketId) ?? Promise.resolve(String(doer(name as Role).id));

  /** Does a step as who does those of that role here; `@…` in an answer is what is offered of that. */
  async function stepAs(
    ticketId: number,
    name: string,
    role: Role | "clock" | "machine",
    answers: Answers = {},
    now = morning,
  ) {
    const meant: Answers = {};
    for (const [field, answer] of Object.entries(answers)) {
      meant[field] = answer.startsWith("@") ? await offered(answer.slice(1), ticketId) : answer;
    }
    if (role === "machine") return act((tx) => endMachineWork(tx, setting(now), { ticketId, step: name }));
    const before = await ticket(ticketId);
    const by = doerOf(before.procedure as ComplaintName, role === "clock" ? "user" : role);
    if (role !== "clock") return step(ticketId, name, by, meant, now);
    const context = { now, zone: rules.zone };
    const decided = decideStepByClock(findProcedure(before.procedure), name, before, {}, context);
    if (!decided.ok) return decided;
    const after = await act((tx) => storeStep(tx, setting(now), before, decided.value, { person: null }));
    return accept({ step: decided.value.step, ticket: after });
  }

  /** Each in a transaction of its own, all of them open before the first one goes on. */
  async function atOnce<Result>(...works: ((tx: Tx) => Promise<Result>)[]): Promise<Result[]> {
    const allOpen = Promise.withResolvers<void>();
    let open = 0;
    const attempts = works.map((work) =>
      act(async (tx) => {
        await sql`select 1`.execute(tx);
        open += 1;
        if (open === works.length) allOpen.resolve();
        await allOpen.promise;
        return work(tx);
      }),
    );
    return Promise.all(attempts);
  }

  /**
   * The second one begins when the first has done its work and before that is committed; it goes on as far as it can,
   * to its end or to a lock of the first.
   */
  async function oneInTheOther<First, Second>(
    first: (tx: Tx) => Promise<First>,
    second: (tx: Tx) => Promise<Second>,
  ): Promise<[First, Second]> {
    const isDone = Promise.withResolvers<void>();
    const mayCommit = Promise.withResolvers<void>();
    const outer = act(async (tx) => {
      const result = await first(tx);
      isDone.resolve();
      await mayCommit.promise;
      return result;
    });
    await Promise.race([isDone.promise, outer]);
    const inner = act(second);
    await Promise.race([inner, waiters(1)]);
    mayCommit.resolve();
    return Promise.all([outer, inner]);
  }

  /** Until that many transactions of this database wait for a lock. */
  async function waiters(count: number): Promise<void> {
    for (let asked = 0; asked < 10_000; asked += 1) {
      const { rows } = await sql<{ waiting: number }>`
        select count(*) as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(database.owner);
      if ((rows[0]?.waiting ?? 0) >= count) return;
    }
    throw new Error(`${count} transactions should wait for a lock`);
  }

  /** The clock strikes: the task that each minute brings. */
  const wake = async (now: Date, changed: Partial<OfficeRules> = {}) => {
    const options = { db, setting: (at: Date) => setting(at, changed), log: pino({ level: "silent" }) };
    await keepSubstitutions(options, now);
    await wakeTickets(options, now);
    await expireAddresses(options, now);
    await expireApplications(options, now);
    await expirePlaces(options, now);
    await expireNames(options, now);
    await expireSecrets(options, now);
  };

  /** Does these steps, each by the one who does them here, and forgets the messages about it. */
  async function walk(
    ticketId: number,
    steps: readonly (readonly [name: string, role: Role | "clock" | "machine", answers?: Answers])[],
  ): Promise<void> {
    for (const [name, role, answers] of steps) {
      const done = await stepAs(ticketId, name, role, answers);
      if (!done.ok) throw new Error(`walking a ticket for a test: ${name}: ${done.refusal.code}`);
    }
    await takeMail(db, names);
  }

  return {
    database,
    db,
    people,
    enqueued,
    act,
    atOnce,
    oneInTheOther,
    waiters,
    hire,
    setting,
    doer,
    doerOf,
    ticket,
    file,
    step,
    stepAs,
    wake,
    walk,
    draftOf,
    draftWithLetter: (person: Person) => draftWithFile(person, "letter"),
    /** What waits in the outbox, oldest first; it is gone then. */
    takeMail: () => takeMail(db, names),
    /** What waits in the outbox is sent; the ids of the messages, oldest first. */
    deliver: () => deliver(db),
    contents: () => contents(database),
    close: database.close,
  };
}

/** The chat with a person; another number than the person's, so that mixing them up is seen. */
export function chatOf({ id }: Pick<Person, "id">): number {
  return 7_000_000 + id;
}

async function takeMail(db: Db, names: Map<number, string>): Promise<Mail[]> {
  const rows = await db
    .deleteFrom("outbox")
    .where("state", "=", "pending")
    .returning(["id", "chat_id", "message", "edits_message_id"])
    .execute();
  return rows
    .sort((one, other) => one.id - other.id)
    .map(({ chat_id, message, edits_message_id }) => ({
      to: names.get(chat_id) ?? `chat ${chat_id}`,
      ...(edits_message_id === null ? {} : { edits: edits_message_id }),
      ...message,
    }));
}

/** As the sender does it: each row is sent, with a message id that is known from then on. */
async function deliver(db: Db): Promise<number[]> {
  const rows = await db
    .updateTable("outbox")
    .set((row) => ({ state: "sent", sent_at: morning, sent_message_id: row("id", "+", 1_000_000) }))
    .where("state", "=", "pending")
    .returning("sent_message_id")
    .$narrowType<{ sent_message_id: number }>()
    .execute();
  return rows.map((row) => row.sent_message_id).sort((one, other) => one - other);
}

/** Every row of every table, to show that nothing was written. What is partitioned is read as a whole. */
async function contents({ db }: TestDatabase): Promise<Record<string, unknown[]>> {
  const tables = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
    order by relname`.execute(db);
  const all: Record<string, unknown[]> = {};
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ row: unknown }>`
      select to_jsonb(t) as row from ${sql.table(name)} as t order by to_jsonb(t)::text`.execute(db);
    all[name] = rows.map(({ row }) => row);
  }
  return all;
}
