import type { StoredNode } from "../../../core/db/cable/cable-nodes.ts";
import type { CableEnd, StoredCable } from "../../../core/db/cable/cables.ts";
import { cableNumber, type Medium } from "../../../core/domain/cable/cable.ts";
import { nodeAddress } from "../../../core/domain/cable/cable-code.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Button } from "../../rendered.ts";

export const mediumWords: Record<Medium, string> = { copper: "Tembaga (UTP/STP)", fibre: "Serat optik" };

const longestName = 40;
const longestLabel = 60;

/** "SW-A2:1" */
export function endWords({ node, port }: Pick<CableEnd, "node" | "port">): string {
  return `${shorten(node.name, longestName)}:${port}`;
}

/** Its place in a rack as labels have it, or else where the inventory says that it is. */
export function whereIs(node: StoredNode): string | undefined {
  return node.position === null ? (node.location ?? undefined) : nodeAddress(node);
}

export const listButton: Button = { label: "◀️ Daftar kabel", press: { do: "cables", page: 0 } };

export const searchButton: Button = { label: "🔎 Cari kabel", press: { do: "find-cable" } };

/** "K-0042 · SW-A2:1 – SRV-SIMPEG:1" */
export function cableButton({ id, ends: [a, b] }: StoredCable): Button {
  const label = shorten(`${cableNumber(id)} · ${endWords(a)} – ${endWords(b)}`, longestLabel);
  return { label, press: { do: "cable", cableId: id } };
}

export function portsButton(node: Pick<StoredNode, "id" | "name">): Button {
  const label = shorten(`🔌 Port ${node.name}`, longestLabel);
  return { label, press: { do: "ports-of-device", assetId: node.id, page: 0 } };
}
