import type pg from "pg";
import { loadCalendar } from "../../config/calendar.ts";
import { loadProfile } from "../../config/profile.ts";
import { preparePlayground } from "../../core/actions/prepare-installation.ts";
import { connect } from "../../core/db/database.ts";
import { openEmbeddedPostgres } from "../../core/db/postgres/embedded-postgres.ts";
import packageJson from "../../package.json" with { type: "json" };
import { rulesOf } from "../../parts/office.ts";
import { temporaryFolder } from "../../test/e2e/support/folders.ts";
import { urlOf } from "../../test/support/database-url.ts";
import { Child } from "./child.ts";
import { type Answered, type Arrival, most, token, type UserOrder } from "./orders.ts";

const profileName = "labura";

/** A Simpul, a Bot API server with people who are linked, and the database under both, each in processes of its own. */
export type Load = AsyncDisposable & {
  simpul: Child;
  users: Child;
  /** Where the Bot API server is. */
  apiRoot: string;
  database: pg.ClientConfig;
  ask: (order: UserOrder) => Promise<Answered>;
  /** Has so many messages of the bot counted from the moment that `begin` is called. */
  arrivals: (count: number, begin: () => Promise<void>) => Promise<Arrival[]>;
};

/** As `npm start` has them. */
const usualFlags = packageJson.config.node.split(" ");

/**
 * @param limits of sending: Telegram's, or none
 * @param flags of Simpul's Node, beside the usual ones
 */
export async function openLoad(limits: "limited" | "unlimited", flags: readonly string[] = []): Promise<Load> {
  const stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const postgres = await openEmbeddedPostgres({ home: folder.path });
  stack.defer(() => postgres.stop());
  const users = stack.use(new Child("users-process.ts"));
  const { url: apiRoot } = JSON.parse(await users.nextLine()) as { url: string };
  const simpul = stack.use(
    new Child("simpul-process.ts", [limits], {
      flags: [...usualFlags, ...flags],
      env: {
        DATABASE_URL: urlOf(postgres.config),
        SIMPUL_PROFILE: profileName,
        SIMPUL_HOME: `${folder.path}/home`,
        TELEGRAM_BOT_TOKEN: token,
        TELEGRAM_API_ROOT: apiRoot,
        LOG_LEVEL: "fatal",
      },
    }),
  );
  await simpul.nextLine();
  const ask = (order: UserOrder) => users.ask<Answered>(order);
  await ask({ do: "start", codes: await makePeople(postgres.config) });
  const arrivals = async (count: number, begin: () => Promise<void>) => {
    await users.ask({ do: "watch" });
    await begin();
    return users.ask<Arrival[]>({ do: "arrivals", count });
  };
  return {
    simpul,
    users,
    apiRoot,
    database: postgres.config,
    ask,
    arrivals,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** @returns the codes by which they link themselves */
async function makePeople(config: pg.ClientConfig): Promise<string[]> {
  const profile = loadProfile(profileName);
  const rules = rulesOf(profile, loadCalendar(profile.timezone));
  const setting = { now: new Date(), rules, tasks: { enqueue: async () => undefined } };
  const offices = profile.offices.map(({ code }) => code);
  const people = Array.from({ length: most }, (_, index) => ({
    key: `orang-${index + 1}`,
    name: `Orang ${index + 1}`,
    nip: null,
    officeCode: offices[index % offices.length] ?? profile.itOffice,
    roles: ["user"] as const,
  }));
  const { db, close } = connect(config, { as: "application", max: 1 });
  try {
    const codes = await db.transaction().execute((tx) => preparePlayground(tx, people, setting));
    return codes.map(({ code }) => code);
  } finally {
    await close();
  }
}
