import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect } from "vitest";
import type { CrashPoint } from "../../bot/crash-points.ts";
import { preparePlayground } from "../../core/actions/prepare-installation.ts";
import { saveOffices } from "../../core/db/people/offices.ts";
import type { Role } from "../../core/domain/people/roles.ts";
import { openTelegramServer } from "../../telegram-server/server.ts";
import { freshDatabase } from "../support/database.ts";
import { keepReportsQuiet } from "../support/no-reports.ts";
import { patienceMs } from "../support/patience.ts";
import { testRules as rules } from "../support/rules.ts";
import { query } from "../support/server.ts";
import type { Interruption } from "./interruptions.ts";
import { openPerson, type Person } from "./person.ts";
import { type Ending, openSupervisor } from "./supervisor.ts";

/** In the order of a message's way. */
export const crashPoints: readonly CrashPoint[] = [
  "poll-to-inbox",
  "inbox-to-action",
  "action-to-send",
  "send-to-mark",
];

/** Who uses the desk; their Telegram ids follow the order. */
const cast = {
  siti: { name: "Siti Aminah", office: "Dinkes", roles: ["user"], isImpatient: false },
  rina: { name: "Rina Wulandari", office: "Dinkes", roles: ["user"], isImpatient: true },
  joko: { name: "Joko Prasetyo", office: "Dinkes", roles: ["user"], isImpatient: false },
  dewi: { name: "Dewi Lestari", office: "Diskominfo", roles: ["help-desk"], isImpatient: true },
  budi: { name: "Budi Santoso", office: "Diskominfo", roles: ["it-support"], isImpatient: false },
} as const satisfies Record<string, { name: string; office: string; roles: readonly Role[]; isImpatient: boolean }>;

type CastName = keyof typeof cast;

const names = Object.keys(cast) as CastName[];
const token = "123456:a-token-that-only-this-test-knows";

/** A filing that its person has completed and was told the number of. */
export type Filing = { person: Person; description: string; ticketId: number };

export type CrashDesk = Awaited<ReturnType<typeof openCrashDesk>>;

/**
 * A desk whose bot is a process of its own, to be ended; the database and Telegram outlive it. The bot runs, and all
 * of these people are linked.
 */
export async function openCrashDesk(...present: CastName[]) {
  const database = await freshDatabase();
  const { config, owner: db } = database;
  const filesFolder = await mkdtemp(join(tmpdir(), "simpul-files-"));
  await keepReportsQuiet(db);
  await saveOffices(db, [
    { code: "Diskominfo", name: "Dinas Komunikasi dan Informatika" },
    { code: "Dinkes", name: "Dinas Kesehatan" },
  ]);
  const register = Object.entries(cast).map(([key, { name, office, roles }]) => ({
    key,
    name,
    nip: null,
    officeCode: office,
    roles,
  }));
  const setting = { now: new Date(), rules, tasks: { enqueue: async () => undefined } };
  const codes = await db.transaction().execute((tx) => preparePlayground(tx, register, setting));
  const server = await openTelegramServer({
    token,
    bot: { id: 123456, firstName: "Simpul", username: "simpul_bot" },
    people: names.map((key, index) => ({ id: index + 1, firstName: cast[key].name })),
  });
  const { url: apiRoot } = await server.listen(0, "127.0.0.1");
  const people = Object.fromEntries(
    names.map((key, index) => [key, openPerson(server, { id: index + 1, ...cast[key] })]),
  ) as Record<CastName, Person>;
  // They go over a pipe as JSON, which has no big numbers; no bot asks for networks.
  const plain = { ...rules, monitoring: { ...rules.monitoring, networks: [] } };
  const supervisor = openSupervisor({ config, apiRoot, token, filesFolder, rules: plain });
  let kills = 0;
  supervisor.start();
  for (const key of present) {
    const person = people[key];
    person.start(codes.find(({ name }) => name === person.name)?.code ?? "");
    await person.sees("Selamat datang");
  }

  /** How many Telegram got from people. */
  const updates = () => Object.values(people).reduce((sum, person) => sum + person.updates(), 0);

  /** Until the bot has handled all that people did, and nothing waits to be sent. */
  async function quiet(): Promise<void> {
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      const done = updates();
      const { handled, waiting } = await db
        .selectFrom("inbox")
        .select((select) => [
          select.fn.countAll<number>().as("handled"),
          select
            .selectFrom("outbox")
            .select((outbox) => outbox.fn.countAll<number>().as("count"))
            .where("state", "=", "pending")
            .as("waiting"),
        ])
        .where("state", "<>", "pending")
        .executeTakeFirstOrThrow();
      if (handled >= done && waiting === 0) return;
      if (performance.now() > giveUpAt) {
        throw new Error(`of ${done} updates ${handled} were handled, and ${waiting} messages wait to be sent`);
      }
      await pause(20);
    }
  }

  /** Until the bot stands at the point to which it came because of what was done. */
  async function paused(at: CrashPoint, act: () => Promise<void>): Promise<void> {
    await quiet();
    const bot = supervisor.present();
    await bot.interrupt({ at, passing: 1, by: "pause" });
    await act();
    await bot.arrived();
  }

  /** @returns how the bot ended that came to the point because of what was done */
  async function interrupted(interruption: Interruption, act: () => Promise<void>): Promise<Ending> {
    await quiet();
    const bot = supervisor.present();
    await bot.interrupt(interruption);
    await act();
    return bot.ended();
  }

  return {
    db,
    people,
    updates,
    quiet,
    interrupted,
    paused,

    /** Of the bot, by their names in PostgreSQL. @returns the names of those that were ended */
    async endSessions(...sessions: string[]): Promise<string[]> {
      const ended = await query(
        config,
        `select application_name, pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = any($1)`,
        [sessions],
      );
      return ended.rows.map((row: { application_name: string }) => row.application_name);
    },

    /** Completed filings, in the order of their completion. */
    filings: [] as Filing[],
    /** What people have done to a ticket, by its id. */
    deeds: new Map<number, string[]>(),
    kills: () => kills,
    present: () => supervisor.present(),
    start: () => void supervisor.start(),

    /** While nothing else happens, somebody does that, and the bot is killed where it leads to. Then it is restarted. */
    async killedAt(at: CrashPoint, act: () => Promise<void>): Promise<void> {
      expect(await interrupted({ at, passing: 1, by: "SIGKILL" }, act)).toEqual({ signal: "SIGKILL", code: null, at });
      kills += 1;
      supervisor.start();
    },

    /** In the middle of whatever is going on, one kill after the other. */
    async killEach(interruptions: readonly (readonly [at: CrashPoint, passing: number])[]): Promise<void> {
      for (const [at, passing] of interruptions) {
        const bot = supervisor.present();
        await bot.interrupt({ at, passing, by: "SIGKILL" });
        expect(await bot.ended()).toEqual({ signal: "SIGKILL", code: null, at });
        kills += 1;
        supervisor.start();
      }
    },

    async close(): Promise<void> {
      await supervisor.close();
      for (const person of Object.values(people)) person.end();
      await server.close();
      await database.close();
      await rm(filesFolder, { recursive: true, force: true });
    },
  };
}
