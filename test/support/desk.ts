import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import { type Logger, pino } from "pino";
import { openBot } from "../../bot/bot.ts";
import type { LimitOptions } from "../../bot/telegram/limits.ts";
import { preparePlayground } from "../../core/actions/prepare-installation.ts";
import type { OfficeRules, Setting } from "../../core/actions/setting.ts";
import { connect } from "../../core/db/database.ts";
import { openEvents } from "../../core/db/events/events.ts";
import { sealWith } from "../../core/db/journal/seal.ts";
import { saveOffices } from "../../core/db/people/offices.ts";
import { openTasks } from "../../core/db/tasks.ts";
import { resultsOf } from "../../core/domain/hosting/check.ts";
import { type Role, roles } from "../../core/domain/people/roles.ts";
import {
  type Intercept,
  type Message,
  openTelegramServer,
  type PlaygroundGroup,
} from "../../telegram-server/server.ts";
import type { Hosts } from "../../worker/hosting/hosts.ts";
import type { WatchedHosts } from "../../worker/hosting/watched-hosts.ts";
import type { CheckFileOptions } from "../../worker/tasks/check-file.ts";
import { expireAddresses } from "../../worker/tasks/expire-addresses.ts";
import { expireApplications } from "../../worker/tasks/expire-applications.ts";
import { expirePlaces } from "../../worker/tasks/expire-places.ts";
import { expireSecrets } from "../../worker/tasks/expire-secrets.ts";
import { keepSubstitutions } from "../../worker/tasks/keep-substitutions.ts";
import type { ScanPrefixOptions } from "../../worker/tasks/scan-prefix.ts";
import { wakeTickets } from "../../worker/tasks/wake-tickets.ts";
import { startWorker } from "../../worker/worker.ts";
import { freshDatabase } from "./database.ts";
import { noHosts, noWatchedHosts } from "./hosting.ts";
import { keepReportsQuiet } from "./no-reports.ts";
import { nipOf } from "./office.ts";
import { testRules } from "./rules.ts";

/** Who uses the desk in chat tests; their Telegram ids follow the order. `stranger` is in no register. */
const cast = {
  user: { name: "Siti Aminah", office: "Dinkes", roles: ["user"] },
  colleague: { name: "Rina Wulandari", office: "Dinkes", roles: ["user"] },
  helpDesk: { name: "Dewi Lestari", office: "Diskominfo", roles: ["help-desk"] },
  itSupport: { name: "Budi Santoso", office: "Diskominfo", roles: ["it-support"] },
  itSupport2: { name: "Fadli Tanjung", office: "Diskominfo", roles: ["it-support"] },
  dataCenter: { name: "Togar Hutabarat", office: "Diskominfo", roles: ["data-center"] },
  infrastructure: { name: "Syahrul Munthe", office: "Diskominfo", roles: ["infrastructure"] },
  leadership: { name: "Hasan Marpaung", office: "Diskominfo", roles: ["leadership"] },
  committee: { name: "Yusuf Ritonga", office: "Diskominfo", roles: ["committee"] },
  deputy: { name: "Ratna Siregar", office: "Diskominfo", roles: ["user"] },
  administrator: { name: "Melati Nainggolan", office: "Diskominfo", roles: ["administrator"] },
  administrator2: { name: "Irwan Pasaribu", office: "Diskominfo", roles: ["administrator"] },
  officer: { name: "Marlina Purba", office: "Dinkes", roles: ["user", "system-officer"] },
  otherOffice: { name: "Hotma Sinaga", office: "Disdik", roles: ["user"] },
  nonTechnical: { name: "Ratna Siagian", office: "Diskominfo", roles: ["non-technical"] },
  stranger: undefined,
} as const satisfies Record<string, { name: string; office: string; roles: readonly Role[] } | undefined>;

export type CastName = keyof typeof cast;

const names = Object.keys(cast) as CastName[];
/** The Telegram id of one of the cast. */
export const idOf = (who: CastName) => names.indexOf(who) + 1;
const token = "123456:a-token-that-only-this-test-knows";
/** Tests do not wait for Telegram's limits; the sender's own tests do that. */
const noLimits = { overallPerSecond: Infinity, perPrivateChatPerSecond: Infinity, perGroupPerMinute: Infinity };
const patienceMs = 15_000;

export type DeskOptions = {
  intercept?: Intercept;
  groups?: PlaygroundGroup[];
  rules?: Partial<OfficeRules>;
  /** Where people reach the pages; absent: they do not. */
  pagesUrl?: string;
  limits?: LimitOptions;
  log?: Logger;
  /** Which addresses answer a scan; absent: nobody can ask. */
  ping?: ScanPrefixOptions["ping"];
  /** Where applications are built; absent: no host answers. */
  hosts?: Hosts;
  /** What is asked of what stands there; absent: no host answers. */
  watched?: WatchedHosts;
  /** What is found in the files of an application; absent: nothing. */
  checkFile?: CheckFileOptions["checkFile"];
};
export type TestDesk = Awaited<ReturnType<typeof openDesk>>;

/** The whole desk without its pages: database, tasks, bot, and the Bot API server over a socket. */
export async function openDesk(options: DeskOptions = {}) {
  const database = await freshDatabase();
  const filesFolder = await mkdtemp(join(tmpdir(), "simpul-files-"));
  const log = options.log ?? pino({ level: process.env.TEST_LOG_LEVEL ?? "silent" });
  const { db } = database;
  const { pool, close: closePool } = connect(database.config, { as: "application", max: 4 });
  const tasks = await openTasks(pool, (fault) => log.error(fault));
  const events = await openEvents({ config: database.config, db, onFault: (fault) => log.error(fault) });
  const rules: OfficeRules = { ...testRules, ...options.rules };
  const seal = sealWith(randomBytes(32));
  const setting = (now: Date): Setting => ({ now, rules, tasks, seal, pagesUrl: options.pagesUrl });
  await keepReportsQuiet(db);
  await saveOffices(db, [
    { code: "Diskominfo", name: "Dinas Komunikasi dan Informatika" },
    { code: "Dinkes", name: "Dinas Kesehatan" },
    { code: "Disdik", name: "Dinas Pendidikan" },
  ]);
  const server = await openTelegramServer({
    token,
    bot: { id: 123456, firstName: "Simpul", username: "simpul_bot" },
    people: names.map((name, index) => ({
      id: index + 1,
      firstName: cast[name]?.name ?? "Orang Asing",
      ...(cast[name] === undefined ? { username: "orang_asing" } : {}),
    })),
    groups: options.groups ?? [],
    ...(options.intercept === undefined ? {} : { intercept: options.intercept }),
  });
  const { url } = await server.listen(0, "127.0.0.1");
  const register = names.flatMap((key) => (cast[key] === undefined ? [] : [{ key, ...cast[key] }]));
  const codes = await db.transaction().execute((tx) =>
    preparePlayground(
      tx,
      register.map(({ key, name, office, roles }, index) => {
        return { key, name, nip: nipOf(index + 1), officeCode: office, roles };
      }),
      setting(new Date()),
    ),
  );
  const openOneBot = () =>
    openBot({
      token,
      apiRoot: url,
      config: database.config,
      db,
      events,
      office: {
        regency: "Kabupaten Uji",
        zone: rules.zone,
        zoneLabel: "WIB",
        roles: Object.fromEntries(roles.map((role) => [role, `[${role}]`])) as Record<Role, string>,
        applications: ["SIMPEG", "SIPD"],
        catalogue: rules.catalogue,
        maintainers: rules.maintainers,
        hosting: rules.hosting,
        addressQuarantineDays: rules.addressQuarantineDays,
        addressSilentDays: rules.addressSilentDays,
        monitoring: rules.monitoring,
        hasPages: options.pagesUrl !== undefined,
        names: rules.names,
        districts: rules.districts,
      },
      setting,
      filesFolder,
      log,
      limits: options.limits ?? noLimits,
    });
  let bot = openOneBot();
  await startWorker(tasks, {
    db,
    setting,
    download: (id) => bot.download(id),
    lookAtGroup: (id) => bot.lookAtGroup(id),
    filesFolder,
    dnsFolder: join(filesFolder, "dns"),
    dnsResolvers: [],
    ping: options.ping ?? (async () => "no-fping"),
    checkFile: options.checkFile ?? (async (_path, kind) => resultsOf(kind ?? "archive", {})),
    hosts: options.hosts ?? noHosts,
    watched: options.watched ?? noWatchedHosts,
    zone: rules.zone,
    log,
  });
  bot.start();

  const chat = (who: CastName) => server.people.messages(idOf(who));

  /** Waits until it is so; never for a time. */
  async function until<Found>(what: string, look: () => Found | undefined | false): Promise<Found> {
    const changed = () => Promise.withResolvers<void>();
    let next = changed();
    const unsubscribe = server.people.subscribe(() => next.resolve());
    const giveUp = AbortSignal.timeout(patienceMs);
    giveUp.addEventListener("abort", () => next.resolve());
    try {
      for (;;) {
        const found = look();
        if (found !== undefined && found !== false) return found;
        if (giveUp.aborted) throw new Error(`waited in vain until ${what}`);
        await next.promise;
        next = changed();
      }
    } finally {
      unsubscribe();
    }
  }

  const wordsOf = (message: Message) => message.text ?? message.caption ?? "";
  const fromBot = (who: CastName) => chat(who).filter((message) => message.from.is_bot);
  const buttonsOf = (message: Message | undefined) => {
    const markup = message?.reply_markup as
      | { inline_keyboard?: { text: string; callback_data?: string }[][] }
      | undefined;
    return (markup?.inline_keyboard ?? []).flat();
  };

  /** The newest message of the bot to that person with these words, as soon as there is one. */
  const sees = (who: CastName, text: string | RegExp, after = 0): Promise<Message> =>
    until(`${who} sees ${text}; the chat ends: ${fromBot(who).slice(-3).map(wordsOf).join(" | ")}`, () =>
      fromBot(who).findLast(
        (message) =>
          message.message_id > after &&
          (typeof text === "string" ? wordsOf(message).includes(text) : text.test(wordsOf(message))),
      ),
    );

  /** The newest message with a button of that label. */
  const findButton = (who: CastName, label: string) => {
    for (const message of fromBot(who).toReversed()) {
      const button = buttonsOf(message).find(({ text }) => text.includes(label));
      if (button?.callback_data !== undefined) return { message, data: button.callback_data };
    }
    return undefined;
  };

  const pendingUpdates = async () => {
    const answer = await fetch(`${url}bot${token}/getWebhookInfo`);
    const { result } = (await answer.json()) as { result: { pending_update_count: number } };
    return result.pending_update_count;
  };

  /** Waits until all that people did is handled, and all that the bot has to say is said. */
  async function settled(withinMs = patienceMs): Promise<void> {
    const giveUpAt = Date.now() + withinMs;
    for (;;) {
      const updates = await pendingUpdates();
      const { rows } = await sql<{ what: string }>`
        select 'inbox ' || id || ' ' || coalesce(last_error, '') as what from inbox where state = 'pending'
        union all
        select 'outbox ' || id || ' ' || coalesce(last_error, '') from outbox where state = 'pending'`.execute(db);
      if (updates === 0 && rows.length === 0) return;
      if (Date.now() > giveUpAt) {
        throw new Error(`waited in vain for ${updates} updates and ${rows.map(({ what }) => what).join(", ")}`);
      }
      await setTimeout(5);
    }
  }

  async function pressData(who: CastName, messageId: number, data: string, label = data): Promise<string> {
    const queryId = server.people.pressRaw(idOf(who), messageId, data);
    const answer = await until(`the press of ${label} is answered`, () =>
      server.people.callbackAnswers(idOf(who)).find(({ callbackQueryId }) => callbackQueryId === queryId),
    );
    await settled();
    return answer.text ?? "";
  }

  /** Presses the newest button of that label. @returns what Telegram shows at the press, "" for nothing */
  async function pressAndRead(who: CastName, label: string): Promise<string> {
    const { message, data } = await until(
      `${who} has the button ${label}; the chat ends: ${fromBot(who)
        .slice(-2)
        .map((last) => `${wordsOf(last)} [${buttonsOf(last).map(({ text }) => text)}]`)
        .join(" | ")}`,
      () => findButton(who, label),
    );
    return pressData(who, message.message_id, data, label);
  }

  /** Presses the button of that label on that message, also one that is no longer there. */
  function pressOn(who: CastName, message: Message, label: string): Promise<string> {
    const button = buttonsOf(message).find(({ text }) => text.includes(label));
    if (button?.callback_data === undefined) throw new Error(`the message has no button ${label}`);
    return pressData(who, message.message_id, button.callback_data, label);
  }

  const newest = (who: CastName): Message => {
    const message = fromBot(who).at(-1);
    if (message === undefined) throw new Error(`${who} has no message of the bot`);
    return message;
  };

  return {
    ...database,
    server,
    url,
    /** Where the bot itself calls that method. */
    methodUrl: (method: string) => `${url}bot${token}/${method}`,
    setting: () => setting(new Date()),
    /** The handler looks into the inbox, where the test has put something itself. */
    look: () => events.publish("inbox"),
    filesFolder,
    codes,
    idOf,
    chat,
    fromBot,
    wordsOf,
    until,
    sees,
    settled,
    labels: (message: Message) => buttonsOf(message).map(({ text }) => text),
    buttonsOf,
    newest,
    newestWords: (who: CastName) => wordsOf(newest(who)),
    /** The newest that is no picture: those come when they are drawn. */
    newestScreen(who: CastName): Message {
      const found = fromBot(who).findLast(({ photo }) => photo === undefined);
      if (found === undefined) throw new Error(`${who} has no screen of the bot`);
      return found;
    },
    /** All that the bot has said to that person, as it stands now. */
    allWords: (who: CastName) => fromBot(who).map(wordsOf).join("\n---\n"),
    /** The newest card of that ticket in the chat. */
    card(who: CastName, ticketId: number): Message {
      const number = `T-${String(ticketId).padStart(4, "0")}`;
      const isCard = (words: string) => words.includes(`${number} · `) && words.includes(`\nNomor: ${number}`);
      const found = fromBot(who).findLast((message) => isCard(wordsOf(message)));
      if (found === undefined) throw new Error(`${who} has no card of ticket ${ticketId}`);
      return found;
    },
    hasButton: (who: CastName, label: string) => findButton(who, label) !== undefined,

    /** Presses START, with the person's code. */
    async link(...who: CastName[]): Promise<void> {
      for (const each of who) {
        const person = cast[each];
        const code = codes.find(({ name }) => name === person?.name)?.code;
        server.people.start(idOf(each), code);
      }
      for (const each of who) await sees(each, "Selamat datang");
    },

    say: (who: CastName, text: string, replyTo?: number): Message =>
      server.people.sendText(idOf(who), text, replyTo === undefined ? {} : { replyTo }),

    /** Writes, and waits for all that comes of it. */
    async tell(who: CastName, text: string, replyTo?: number): Promise<Message> {
      const message = server.people.sendText(idOf(who), text, replyTo === undefined ? {} : { replyTo });
      await settled();
      return message;
    },

    /** Presses the newest button of that label, which is to be taken without a word. */
    async press(who: CastName, label: string): Promise<void> {
      const refusal = await pressAndRead(who, label);
      if (refusal !== "") throw new Error(`pressing ${label} was refused: ${refusal}`);
    },

    pressAndRead,
    pressOn,
    pressData,

    /** The clock strikes at that moment, and all that comes of it is said. */
    async wakeAt(now: Date): Promise<void> {
      await keepSubstitutions({ db, setting, log }, now);
      await wakeTickets({ db, setting, log }, now);
      await expireAddresses({ db, setting, log }, now);
      await expireApplications({ db, setting, log }, now);
      await expirePlaces({ db, setting, log }, now);
      await expireSecrets({ db, setting, log }, now);
      // What is due on that day is due now for the sender, whose clock is the real one.
      await db.updateTable("outbox").set({ due_at: new Date() }).where("state", "=", "pending").execute();
      await events.publish("outbox");
      await settled();
    },

    /** As after a crash: everything that the process kept in memory is gone. */
    async restartBot(): Promise<void> {
      await bot.stop();
      bot = openOneBot();
      bot.start();
    },

    async close(): Promise<void> {
      await bot.stop();
      await tasks.close();
      await closePool();
      await events.close();
      await server.close();
      await database.close();
      await rm(filesFolder, { recursive: true, force: true });
    },
  };
}
