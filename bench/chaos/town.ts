import type pg from "pg";
import { loadCalendar } from "../../config/calendar.ts";
import { loadProfile } from "../../config/profile.ts";
import { preparePlayground } from "../../core/actions/prepare-installation.ts";
import { prepareRegisters } from "../../core/actions/prepare-registers.ts";
import { connect } from "../../core/db/database.ts";
import type { Role } from "../../core/domain/people/roles.ts";
import { rulesOf } from "../../parts/office.ts";
import { playgroundRegisters } from "../../playground.ts";
import { openTelegramServer, type TelegramServer } from "../../telegram-server/server.ts";
import type { Person } from "./book.ts";
import { Draws } from "./draws.ts";
import { type Patience, Telephone } from "./telephone.ts";

export const profileName = "labura";
export const token = "424242:a-token-of-the-benchmark-and-of-nobody-else";

/** So many of each. */
const cast: Partial<Record<Role, number>> = {
  user: 8,
  "help-desk": 2,
  "it-support": 2,
  "data-center": 2,
  infrastructure: 2,
  "non-technical": 2,
  leadership: 2,
};
const officesOfUsers = 4;
const impatient = 0.3;
const longestRetryWaitMs = 1_000;

export type Town = AsyncDisposable & { server: TelegramServer; apiRoot: string; people: Person[] };

/** A Bot API server with everybody who writes to the desk, which outlives whatever is killed. */
export async function openTown(seed: number, patience: Patience): Promise<Town> {
  const roles = Object.entries(cast).flatMap(([role, of]) =>
    Array.from({ length: of }, (_, place) => ({ role: role as Role, place, of })),
  );
  const everybody = roles.map(({ role, place, of }, index) => ({
    ...{ id: index + 1, role, place, of, name: `${nameOfRole(role)} ${place + 1}` },
  }));
  const server = await openTelegramServer({
    token,
    bot: { id: Number(token.split(":")[0]), firstName: "Simpul", username: "simpul_bot" },
    people: everybody.map(({ id, name }) => ({ id, firstName: name })),
    longestRetryWaitMs,
  });
  const people = everybody.map(({ role, place, of, ...who }): Person => {
    const draws = new Draws(seed, who.name);
    const isImpatient = draws.happens(impatient);
    return {
      ...{ name: who.name, role, place, of, draws, isImpatient },
      telephone: new Telephone(server, who, patience),
    };
  });
  const byId = new Map(people.map(({ telephone }) => [telephone.id, telephone]));
  server.people.subscribe((event) => byId.get(event.personId ?? 0)?.hear(event));
  const { url: apiRoot } = await server.listen(0, "127.0.0.1");
  return { server, apiRoot, people, [Symbol.asyncDispose]: () => server.close() };
}

function nameOfRole(role: Role): string {
  return role === "user" ? "Pemohon" : `Petugas ${role}`;
}

/** Everybody is in the register, and links their account as anybody would. */
export async function moveIn(config: pg.ClientConfig, people: readonly Person[]): Promise<void> {
  const profile = loadProfile(profileName);
  const rules = rulesOf(profile, loadCalendar(profile.timezone));
  const setting = { now: new Date(), rules, tasks: { enqueue: async () => undefined } };
  const others = profile.offices.map(({ code }) => code).filter((code) => code !== profile.itOffice);
  const register = people.map(({ name, role, place }) => ({
    ...{ key: name.toLowerCase().replaceAll(" ", "-"), name, nip: null, roles: [role] },
    officeCode: role === "user" ? (others[place % officesOfUsers] ?? profile.itOffice) : profile.itOffice,
  }));
  const { db, close } = connect(config, { as: "application", max: 1 });
  const keyOf = (role: string) => register.find(({ roles }) => roles.some((each) => each === role))?.key ?? "";
  const keys = { infrastructure: keyOf("infrastructure"), dataCenter: keyOf("data-center") };
  const codes = await db.transaction().execute(async (tx) => {
    const prepared = await preparePlayground(tx, register, setting);
    await prepareRegisters(tx, setting, playgroundRegisters, keys);
    return prepared;
  });
  await close();
  for (const { name, telephone } of people) {
    telephone.start(codes.find((code) => code.name === name)?.code ?? "");
  }
  await Promise.all(
    people.map(({ telephone }) =>
      telephone.waitFor("the welcome", () =>
        telephone.sights.find(({ message }) => message.text?.includes("Selamat datang")),
      ),
    ),
  );
}
