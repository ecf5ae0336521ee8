import { findPersonOnDuty } from "../../core/db/shift/shifts.ts";
import type { Db } from "../../core/db/tables.ts";
import { listPersonLoads, listTeamLoads, type PersonLoad, type TeamLoad } from "../../core/db/ticket/overview.ts";
import { monthOf } from "../../core/domain/calendar/report-days.ts";
import { shorten } from "../../core/domain/form/text.ts";
import type { Person } from "../../core/domain/people/person.ts";
import { deskRoles } from "../../core/domain/people/roles.ts";
import { overseesDesk, ticketNumber } from "../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../rendered.ts";
import { showAge } from "./ages.ts";
import { type Html, html, lines } from "./html.ts";
import { onePage, pageButtons } from "./lists.ts";
import type { OfficeWords } from "./office-words.ts";
import { onDutyLine } from "./shift/duty.ts";
import { inRows } from "./ticket/card.ts";

const peopleOnPage = 10;
const longestName = 40;

/** What a head looks at first: the load of each team and what lies longest, with the way to every ticket. */
export async function renderOverview(
  db: Db,
  viewer: Person,
  { office, now }: { office: OfficeWords; now: Date },
): Promise<Rendered | undefined> {
  if (!overseesDesk(viewer)) return undefined;
  const loads = await listTeamLoads(db);
  const teams = deskRoles.flatMap((role) => loads.filter(({ holder }) => holder === role));
  const waiting = loads.find(({ holder }) => holder === "user");
  const open = loads.reduce((sum, load) => sum + load.open, 0);
  const text = lines(
    html`<b>📊 Ringkasan</b>`,
    onDutyLine(await findPersonOnDuty(db)),
    open === 0 ? html`\nTidak ada tiket yang terbuka.` : html`\nTiket terbuka: <b>${open}</b>`,
    ...teams.map((load) => html`\n<b>${office.roles[load.holder]}</b>\n${teamLine(load, now)}`),
    waiting === undefined ? undefined : html`\n<b>Menunggu pemohon</b>\n${waiting.open} tiket, ${oldest(waiting, now)}`,
  );
  const all: Button = { label: `📋 Semua tiket terbuka (${open})`, press: { do: "list", list: "open", page: 0 } };
  const ofTeams = teams.map(
    ({ holder, open }): Button => ({
      label: `${office.roles[holder]} (${open})`,
      press: { do: "list", list: "team", role: holder, page: 0 },
    }),
  );
  const ofWaiting: Button[] = waiting
    ? [{ label: `Menunggu pemohon (${waiting.open})`, press: { do: "list", list: "team", role: "user", page: 0 } }]
    : [];
  const month = monthOf(now, office).name;
  return {
    as: "text",
    html: text.markup,
    buttons: [
      open === 0 ? [] : [all],
      ...inRows([...ofTeams, ...ofWaiting]),
      open === 0 ? [] : [{ label: "👤 Beban per petugas", press: { do: "loads", page: 0 } }],
      [{ label: "📋 Kelemahan bulan ini", press: { do: "weaknesses", month, page: 0 } }],
    ],
  };
}

function teamLine(load: TeamLoad, now: Date): Html {
  const parts = [
    `${load.open} tiket`,
    load.untaken === 0 ? undefined : `${load.untaken} belum diambil`,
    load.pending === 0 ? undefined : `⏳ ${load.pending} menunggu`,
    load.urgent === 0 ? undefined : `🔥 ${load.urgent} mendesak`,
    oldest(load, now),
  ];
  return html`${parts.filter((part) => part !== undefined).join(", ")}`;
}

function oldest({ oldestId, oldestAt }: Pick<TeamLoad, "oldestId" | "oldestAt">, now: Date): string {
  return `tertua ${ticketNumber(oldestId)} (${showAge(oldestAt, now)})`;
}

/** Who works on how much, with the way to each one's tickets. */
export async function renderLoads(
  db: Db,
  viewer: Person,
  { page }: { page: number },
  now: Date,
): Promise<Rendered | undefined> {
  if (!overseesDesk(viewer)) return undefined;
  const { items, hasMore } = await onePage(page, peopleOnPage, (range) => listPersonLoads(db, range));
  const rows = items.map((load) => html`\n<b>${shorten(load.name, longestName)}</b>: ${personLine(load, now)}`);
  const text = lines(
    html`<b>👤 Beban per petugas</b>${page > 0 ? `, halaman ${page + 1}` : ""}`,
    ...(rows.length > 0 ? rows : [html`Tidak ada tiket yang sedang dikerjakan.`]),
  );
  const buttons = items.map(
    ({ personId, name, assigned }): Button => ({
      label: `${shorten(name, longestName)} (${assigned})`,
      press: { do: "list", list: "person", personId, page: 0 },
    }),
  );
  const turn = pageButtons(page, hasMore, (to) => ({ do: "loads", page: to, turns: true }));
  const back: Button = { label: "📊 Ringkasan", press: { do: "overview" } };
  return { as: "text", html: text.markup, buttons: [...inRows(buttons, 1), turn, [back]] };
}

function personLine(load: PersonLoad, now: Date): string {
  return `${load.assigned} tiket, ${oldest(load, now)}`;
}
