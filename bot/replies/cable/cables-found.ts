import { searchCables } from "../../../core/db/cable/cable-lists.ts";
import { searchNodes } from "../../../core/db/cable/cable-nodes.ts";
import { findCables } from "../../../core/db/cable/cables.ts";
import type { Db } from "../../../core/db/tables.ts";
import { mayManageCables } from "../../../core/domain/cable/cable-rules.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Rendered } from "../../rendered.ts";
import { html, lines } from "../html.ts";
import { onePage, pageButtons } from "../lists.ts";
import { cableButton, listButton, portsButton, searchButton } from "./cable-words.ts";
import { cableLine } from "./cables.ts";

const foundOnPage = 8;
const devicesShown = 5;

/** What was found by a code, also one of before, or by a device. Devices lead to their ports. */
export async function renderCablesFound(
  db: Db,
  viewer: Person,
  { text, page }: { text: string; page: number },
): Promise<Rendered | undefined> {
  if (!mayManageCables(viewer)) return undefined;
  const devices = page === 0 ? await searchNodes(db, text, devicesShown) : [];
  const { items, hasMore } = await onePage(page, foundOnPage, (part) => searchCables(db, text, part));
  const formerCodes = new Map(items.map(({ id, formerCode }) => [id, formerCode]));
  const cables = await findCables(
    db,
    items.map(({ id }) => id),
  );
  const isNothing = cables.length === 0 && devices.length === 0;
  const found = cables.map((cable) => {
    const former = formerCodes.get(cable.id);
    const isOld = former !== null && former !== undefined && former !== cable.label.code;
    return lines(cableLine(cable), isOld ? html`   label lama: ${former}` : undefined);
  });
  return {
    as: "text",
    html: lines(
      html`🔎 <b>${text}</b>`,
      isNothing ? html`Tidak ada yang cocok. Cari dengan kode, nomor, atau perangkat, contoh: SW-A2.` : undefined,
      ...found,
    ).markup,
    buttons: [
      ...devices.map((node) => [portsButton(node)]),
      ...cables.map((cable) => [cableButton(cable)]),
      pageButtons(page, hasMore, (to) => ({ do: "cables-found", text, page: to, turns: true })),
      [searchButton, listButton],
    ],
  };
}
