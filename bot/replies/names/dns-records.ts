import { type DnsRecord, findRecord, listRecords } from "../../../core/db/names/dns-records.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { mayManageAddresses } from "../../../core/domain/ipam/ipam-rules.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Rendered } from "../../rendered.ts";
import { askOnceMore } from "../ask-once-more.ts";
import { html, lines } from "../html.ts";
import { pageButtons } from "../lists.ts";
import { namesButton } from "./name-words.ts";

const recordsOnPage = 10;
const longestValue = 120;
const longestLabel = 40;

/** Mail and texts of the main domain. */
export async function renderRecords(db: Db, viewer: Person, { page }: { page: number }): Promise<Rendered | undefined> {
  if (!mayManageAddresses(viewer)) return undefined;
  const all = await listRecords(db);
  const shown = all.slice(page * recordsOnPage, (page + 1) * recordsOnPage);
  return {
    as: "text",
    html: lines(
      html`📧 <b>Catatan MX dan TXT</b>${page > 0 ? `, halaman ${page + 1}` : ""}`,
      all.length === 0 ? html`Belum ada catatan. Tanpa MX, e-mail kantor tidak sampai.` : undefined,
      ...shown.map((record) => html`• <code>${record.owner}</code> ${shorten(contentOf(record), longestValue)}`),
    ).markup,
    buttons: [
      ...shown.map((record) => [
        {
          label: shorten(`🗑 ${record.owner} ${contentOf(record)}`, longestLabel),
          press: { do: "ask-removing-record" as const, recordId: record.id },
        },
      ]),
      pageButtons(page, all.length > (page + 1) * recordsOnPage, (to) => ({
        do: "dns-records",
        page: to,
        turns: true,
      })),
      [{ label: "➕ Tambah catatan", press: { do: "add-record" } }],
      [namesButton],
    ],
  };
}

/** Asks once more: mail may come by it. */
export async function renderRecordRemoving(
  db: Db,
  viewer: Person,
  { recordId }: { recordId: number },
): Promise<Rendered | undefined> {
  const record = await findRecord(db, recordId);
  if (record === undefined || !mayManageAddresses(viewer)) return undefined;
  return askOnceMore(
    html`🗑 Hapus catatan <b>${record.owner}</b> ${shorten(contentOf(record), longestValue)}?`,
    { label: "Ya, hapus catatan", press: { do: "remove-record", recordId } },
    { do: "dns-records", page: 0 },
  );
}

function contentOf({ type, preference, value }: DnsRecord): string {
  return type === "MX" ? `MX ${preference} ${value}` : `TXT ${value}`;
}
