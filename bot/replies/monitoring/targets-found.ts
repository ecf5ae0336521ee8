import { findPresent } from "../../../core/db/monitoring/present-states.ts";
import { findOffice } from "../../../core/db/people/offices.ts";
import type { Db } from "../../../core/db/tables.ts";
import { calledBy, findTargets } from "../../../core/domain/monitoring/find-targets.ts";
import { mayManageTargets, seesAllTargets } from "../../../core/domain/monitoring/target-access.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Rendered } from "../../rendered.ts";
import { type Html, html } from "../html.ts";
import type { OfficeWords } from "../office-words.ts";
import { addTargetButton, findTargetButton, statusButton } from "./monitor-words.ts";
import { listPage } from "./status.ts";

const longestText = 60;

/** Several may be meant: which one? */
export async function renderTargetsFound(
  db: Db,
  viewer: Person,
  { text, page }: { text: string; page: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered> {
  const present = await findPresent(db, viewer, now);
  const called = present.mine.map((target) => calledBy(viewer, target));
  const order = findTargets(text, called).map(({ id }) => id);
  const all = order.flatMap((id) => present.all.get(id) ?? []);
  const shown = text.slice(0, longestText);
  if (all.length === 0) {
    const none = noneFound(viewer, shown, present.mine[0]?.name);
    return { as: "text", html: none.markup, buttons: [[findTargetButton, statusButton]] };
  }
  const heading = `🔎 Yang mana maksud Anda dengan ${shown}?`;
  return listPage(db, { heading, all, page, present, office, now }, (to) => ({
    ...{ do: "targets-found", text, page: to, turns: true },
  }));
}

/** What is another office's may well be watched, and is not told of. @param example what this person may see */
function noneFound(viewer: Person, text: string, example: string | undefined): Html {
  const how = `Cari dengan nama kantor, link, atau aplikasi${example === undefined ? "" : `, contoh: ${example}`}.`;
  return seesAllTargets(viewer)
    ? html`🔎 Tidak ada yang dipantau dengan nama seperti <b>${text}</b>. ${how}`
    : html`🔎 Di antara milik kantor Anda dan milik bersama tidak ada nama seperti <b>${text}</b>; milik kantor lain tidak ditampilkan. ${how}`;
}

/** Nothing of an office is watched: whom to ask, or how to begin. */
export async function renderOfficeUnwatched(
  db: Db,
  viewer: Person,
  { officeId }: { officeId: number },
  { roles }: OfficeWords,
): Promise<Rendered> {
  const { name } = await findOffice(db, officeId);
  const next = mayManageTargets(viewer)
    ? "Tekan ➕ Pantau sesuatu untuk memulainya."
    : `Minta petugas ${roles.infrastructure} memantaunya. Bila jaringan di sana terganggu, laporkan lewat /lapor.`;
  return {
    as: "text",
    html: html`⚪ <b>${name}</b> belum dipantau, jadi keadaannya tidak diketahui. ${next}`.markup,
    buttons: [mayManageTargets(viewer) ? [addTargetButton] : [], [findTargetButton, statusButton]],
  };
}
