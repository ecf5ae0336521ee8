import { findNode, type StoredNode } from "../../../core/db/cable/cable-nodes.ts";
import { findCables, findPlaceOfPort, type StoredCable } from "../../../core/db/cable/cables.ts";
import { listPortUses, type PortUse } from "../../../core/db/cable/port-uses.ts";
import type { Db } from "../../../core/db/tables.ts";
import { cableNumber } from "../../../core/domain/cable/cable.ts";
import { mayManageCables } from "../../../core/domain/cable/cable-rules.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { endWords, listButton, whereIs } from "../cable/cable-words.ts";
import { type Html, html, lines } from "../html.ts";
import { pageButtons } from "../lists.ts";
import { inRows } from "../ticket/card.ts";

const portsOnPage = 12;
const longestName = 40;
const cablesInRow = 3;

/** Which port of a device goes where: free, reserved, or with a cable to another port. */
export async function renderDevicePorts(
  db: Db,
  viewer: Person,
  { assetId, page }: { assetId: number; page: number },
): Promise<Rendered | undefined> {
  const node = await findNode(db, assetId);
  if (node === undefined || !mayManageCables(viewer)) return undefined;
  const uses = await listPortUses(db, assetId);
  const first = page * portsOnPage + 1;
  const last = Math.min(node.ports, first + portsOnPage - 1);
  const onPage = uses.filter(({ port }) => port >= first && port <= last);
  const cables = await findCables(db, [...new Set(onPage.flatMap(({ cableId }) => cableId ?? []))]);
  const rows: Html[] = [];
  for (let port = first; port <= last; port += 1) {
    const use = onPage.find((each) => each.port === port);
    rows.push(await portLine(db, port, use, cables));
  }
  const where = whereIs(node);
  return {
    as: "text",
    html: lines(
      html`🔌 <b>Port ${shorten(node.name, longestName)}</b>${where === undefined ? "" : ` · ${shorten(where, longestName)}`}`,
      node.ports === 0 ? html`Perangkat ini tidak punya port.` : html`${uses.length} dari ${node.ports} terpakai\n`,
      ...rows,
    ).markup,
    buttons: [
      ...inRows(cables.map(openCableButton), cablesInRow),
      pageButtons(page, last < node.ports, (to) => ({ do: "ports-of-device", assetId, page: to, turns: true })),
      mayBeCabled(node) ? [{ label: "➕ Pasang kabel di sini", press: { do: "lay-cable", assetId } }] : [],
      [listButton],
    ],
  };
}

function mayBeCabled({ ports, state }: StoredNode): boolean {
  return ports > 0 && state !== "retired";
}

function openCableButton({ id }: StoredCable): Button {
  return { label: cableNumber(id), press: { do: "cable", cableId: id } };
}

async function portLine(db: Db, port: number, use: PortUse | undefined, cables: readonly StoredCable[]): Promise<Html> {
  const cable = cables.find(({ id }) => id === use?.cableId);
  const farEnd = cable?.ends.find(({ useId }) => useId !== use?.id);
  if (cable !== undefined && farEnd !== undefined) {
    return html`🔵 ${port} → ${endWords(farEnd)} (${cableNumber(cable.id)})`;
  }
  const place = use?.placeId == null ? undefined : await findPlaceOfPort(db, use.placeId);
  if (place !== undefined)
    return html`🟡 ${port} dipesan untuk ${shorten(place.name, longestName)} (${place.officeCode})`;
  return use === undefined ? html`⚪ ${port} bebas` : html`🔵 ${port} terpakai`;
}
