import { countCables } from "../../../core/db/cable/cable-lists.ts";
import type { CableLabelsDetails } from "../../../core/db/paper-content.ts";
import type { Db } from "../../../core/db/tables.ts";
import { mayManageCables } from "../../../core/domain/cable/cable-rules.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { html } from "../html.ts";
import type { Sending } from "../papers.ts";

/** The sheets, and how many labels still wait. */
export async function cableLabelsSending(
  db: Db,
  viewer: Person,
  { labelIds }: CableLabelsDetails,
): Promise<Sending | undefined> {
  if (!mayManageCables(viewer)) return undefined;
  const { unprinted } = await countCables(db);
  const rest = unprinted === 0 ? "" : ` Belum dicetak: ${unprinted} kabel lagi.`;
  return {
    fileKind: "document",
    name: "label-kabel.pdf",
    caption: html`🏷 Label ${labelIds.length} kabel, dua per kabel. Cetak pada kertas label A4 70 × 37 mm (3 × 8) dengan skala 100%.${rest}`,
    failed: html`⚠️ Label kabel tidak berhasil dibuat. Buka lagi lewat /kabel, lalu tekan Cetak label.`,
  };
}
