import { listMinistrySteps, type MinistryStep } from "../../../core/db/names/ministry-steps.ts";
import { findCheck } from "../../../core/db/names/name-checks.ts";
import { findLastOfName, findListedName, type ListedName, listNameHistory } from "../../../core/db/names/name-lists.ts";
import { listDependants } from "../../../core/db/names/names.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { mayManageAddresses } from "../../../core/domain/ipam/ipam-rules.ts";
import { nextMinistryStates } from "../../../core/domain/names/ministry-steps.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { askOnceMore } from "../ask-once-more.ts";
import { type Html, html, lines } from "../html.ts";
import { basisOf } from "../ipam/address-words.ts";
import { onePage, pageButtons } from "../lists.ts";
import { type OfficeWords, showDay, showDayOf, showTime, whoDid } from "../office-words.ts";
import { openButton } from "../open-button.ts";
import { inRows } from "../ticket/card.ts";
import {
  findingWords,
  ministryWords,
  nameKindWords,
  nameStateLabels,
  namesButton,
  ownerOf,
  targetOf,
} from "./name-words.ts";

const historyOnPage = 5;
const ministryShown = 6;
const longestText = 80;

/** A name: what it is now, where it leads, who had it before, and what can be done with it. */
export async function renderName(
  db: Db,
  viewer: Person,
  { name, page }: { name: string; page: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  if (!mayManageAddresses(viewer)) return undefined;
  const last = await findLastOfName(db, name);
  const present = last?.endedAt === null ? last : undefined;
  const { items, hasMore } = await onePage(page, historyOnPage, (part) => listNameHistory(db, name, part));
  const villageId = present?.villageId ?? null;
  const ministry = villageId === null ? [] : await listMinistrySteps(db, { name, villageId });
  return {
    as: "text",
    html: lines(
      html`<b>${name}</b>`,
      ...(present === undefined ? [html`⚪ Bebas`] : presentLines(present, office)),
      ...(present?.state === "in-use" ? await checkLines(db, name, office) : []),
      ...ministryLines(ministry),
      html`\n<b>Riwayat${page > 0 ? `, halaman ${page + 1}` : ""}</b>`,
      ...(items.length === 0 ? [html`Belum pernah diberikan.`] : items.map((each) => historyLine(each, office))),
    ).markup,
    buttons: [
      ...(present === undefined ? [] : actionButtons(present)),
      ...(villageId === null ? [] : ministryButtons(name, villageId, ministry)),
      pageButtons(page, hasMore, (to) => ({ do: "name", name, page: to, turns: true })),
      present?.ticketId == null ? [] : [openButton(present.ticketId)],
      [namesButton],
    ],
  };
}

function presentLines(name: ListedName, office: OfficeWords): Html[] {
  const { icon, label } = nameStateLabels[name.state];
  const basis = basisOf(name);
  const target = targetOf(name);
  const owner = name.officeName ?? ownerOf(name);
  return [
    html`${icon} <b>${label}</b>${name.purpose === null ? "" : `: ${name.purpose}`}`,
    ...(name.state === "quarantined"
      ? []
      : [html`${nameKindWords[name.kind]}${owner === undefined ? "" : `: ${owner}`}`]),
    ...(name.state === "quarantined" ? [] : [html`Tujuan: ${target ?? "belum ada"}`]),
    ...(name.elsewhere === null ? [] : [html`Di luar tempat Dinas, karena: ${name.elsewhere}`]),
    ...(basis === undefined ? [] : [html`Dasar: ${basis}`]),
    html`Sejak: ${showTime(name.since, office)}, oleh ${shorten(whoDid(name.begunByName), longestText)}`,
    ...(name.until === null ? [] : [html`Sampai: ${showTime(name.until, office)}`]),
  ];
}

async function checkLines(db: Db, name: string, office: OfficeWords): Promise<Html[]> {
  const check = await findCheck(db, name);
  if (check === undefined) return [html`Pemeriksaan DNS: belum diperiksa`];
  const { icon, label } = findingWords[check.finding];
  const seen = check.seen.length === 0 ? "" : ` (${shorten(check.seen.join(", "), longestText)})`;
  return [html`Pemeriksaan DNS: ${icon} ${label}${seen}, ${showTime(check.checkedAt, office)}`];
}

function ministryLines(steps: readonly MinistryStep[]): Html[] {
  if (steps.length === 0) return [];
  return [
    html`\n<b>Permohonan ke Kementerian</b>`,
    ...steps.slice(0, ministryShown).map(({ state, day, letter, reason, notedByName }) => {
      const { icon, label } = ministryWords[state];
      const more = [
        letter === null ? "" : `, surat ${letter}`,
        reason === null ? "" : `, ${shorten(reason, longestText)}`,
      ];
      return html`${icon} ${showDay(day)}: ${label}${more.join("")}, dicatat ${shorten(notedByName, longestText)}`;
    }),
  ];
}

function ministryButtons(name: string, villageId: number, [latest]: readonly MinistryStep[]): Button[][] {
  const states = nextMinistryStates(latest?.state);
  return inRows(
    states.map(
      (state): Button => ({
        label: ministryWords[state].button,
        press: { do: "note-ministry", name, villageId, state },
      }),
    ),
  );
}

/** "1 Mar 2026 sampai 5 Apr 2026: Dipakai, Dinkes → 10.1.2.3, T-0042" */
function historyLine(name: ListedName, office: OfficeWords): Html {
  const { icon, label } = nameStateLabels[name.state];
  const target = targetOf(name);
  const parts = [label, ownerOf(name), target === undefined ? undefined : `→ ${target}`, basisOf(name)];
  const end = name.endedAt === null ? "sekarang" : showDayOf(name.endedAt, office);
  const ender = name.endedAt === null ? "" : `, diakhiri ${whoDid(name.endedByName)}`;
  const said = parts.filter((part) => part !== undefined).join(", ");
  return html`${icon} ${showDayOf(name.since, office)} sampai ${end}: ${said}${ender}`;
}

function actionButtons({ id: nameId, state }: ListedName): Button[][] {
  switch (state) {
    case "in-use":
      return [
        [
          { label: "🎯 Ubah tujuan", press: { do: "point-name", nameId } },
          { label: "↩️ Lepaskan nama", press: { do: "ask-releasing-name", nameId } },
        ],
      ];
    case "reserved":
      return [
        [
          { label: "✅ Pakai sekarang", press: { do: "use-name", nameId } },
          { label: "🎯 Ubah tujuan", press: { do: "point-name", nameId } },
        ],
        [{ label: "✖️ Batalkan pesanan", press: { do: "free-name", nameId } }],
      ];
    case "quarantined":
      return [[{ label: "🔓 Akhiri karantina", press: { do: "free-name", nameId } }]];
  }
}

/** Asks once more: links and mail may still mean it. */
export async function renderNameReleasing(
  db: Db,
  viewer: Person,
  { nameId }: { nameId: number },
  { addressQuarantineDays }: OfficeWords,
): Promise<Rendered | undefined> {
  const name = await findListedName(db, nameId);
  if (name === undefined || !mayManageAddresses(viewer)) return undefined;
  const aliases = (await listDependants(db, name.name)).aliases.map((each) => each.name);
  const also = aliases.length === 0 ? "" : ` Yang menunjuk ke sana ikut dilepaskan: ${aliases.join(", ")}.`;
  return askOnceMore(
    html`↩️ Lepaskan <b>${name.name}</b>, ${ownerOf(name) ?? ""}? Nama itu dikarantina ${addressQuarantineDays} hari, lalu bebas.${also}`,
    { label: "Ya, lepaskan nama", press: { do: "release-name", nameId } },
    { do: "name", name: name.name, page: 0 },
  );
}
