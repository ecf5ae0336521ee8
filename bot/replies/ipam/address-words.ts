import type { ListedRange } from "../../../core/db/ipam/address-lists.ts";
import type { RangeKind } from "../../../core/domain/ipam/address-range.ts";
import { ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import type { Button } from "../../rendered.ts";

/** What a part of a prefix is, as it is called everywhere. */
export const kindWords: Record<RangeKind, { icon: string; label: string }> = {
  free: { icon: "⚪", label: "Bebas" },
  "kept-free": { icon: "🟣", label: "Disisihkan" },
  reserved: { icon: "🟡", label: "Dipesan" },
  assigned: { icon: "🔵", label: "Dipakai" },
  quarantined: { icon: "🟠", label: "Karantina" },
};

const manyAddresses = 1_000_000_000n;

/** "16.777.214"; of IPv6 nobody reads the digits. */
export function showCount(count: bigint): string {
  return count < manyAddresses ? count.toLocaleString("id-ID") : "lebih dari 1 miliar";
}

/** "10.1.2.3", or "10.1.2.10-10.1.2.50". */
export function spanOf({ first, last }: Pick<ListedRange, "first" | "last">): string {
  return first === last ? first : `${first}-${last}`;
}

/** "Server SIMPEG (Dinkes)"; undefined of a quarantine. */
export function whoHas({ name, officeCode }: Pick<ListedRange, "name" | "officeCode">): string | undefined {
  if (name === null) return undefined;
  return officeCode === null ? name : `${name} (${officeCode})`;
}

/** "T-0042", or the number of a letter. */
export function basisOf({ ticketId, letter }: Pick<ListedRange, "ticketId" | "letter">): string | undefined {
  return ticketId === null ? (letter ?? undefined) : ticketNumber(ticketId);
}

export const listButton: Button = { label: "◀️ Daftar prefix", press: { do: "prefixes", page: 0 } };

export function prefixButton(prefixId: number, label: string): Button {
  return { label, press: { do: "prefix", prefixId, page: 0 } };
}
