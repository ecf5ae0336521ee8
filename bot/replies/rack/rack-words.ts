import type { ListedPlace } from "../../../core/db/rack/place-lists.ts";
import type { Face, PlaceKind } from "../../../core/domain/rack/place.ts";
import type { FilledRack } from "../../../core/domain/rack/rack.ts";
import { showSpan } from "../../../core/domain/rack/units.ts";
import { partsOfUnit, percentOf, utilisationOf } from "../../../core/domain/rack/utilisation.ts";
import type { Button } from "../../rendered.ts";

/** What a place is, as it is called everywhere. */
export const placeWords: Record<PlaceKind, { icon: string; label: string }> = {
  occupied: { icon: "🔵", label: "Terpasang" },
  reserved: { icon: "🟡", label: "Dipesan" },
};

export const faceWords: Record<Face, string> = { front: "depan", back: "belakang", full: "depan dan belakang" };

/** "1.200", "12,5" */
export function showNumber(number: number): string {
  return number.toLocaleString("id-ID");
}

/** "24% unit terpakai (32U bebas), 45% daya" */
export function rackShares(racks: readonly FilledRack[]): string {
  const { all, free, capacityWatts, loadWatts } = utilisationOf(racks);
  const units = `${percentOf(all - free, all)}% unit terpakai (${showNumber(free / partsOfUnit)}U bebas)`;
  return capacityWatts === 0 ? units : `${units}, ${percentOf(loadWatts, capacityWatts)}% daya`;
}

/** "U20-21 depan" */
export function spanWords(place: Pick<ListedPlace, "bottom" | "height" | "face">): string {
  return place.face === "full" ? showSpan(place) : `${showSpan(place)} ${faceWords[place.face]}`;
}

/** "SRV-SIMPEG (Dinkes)" */
export function whoHasPlace({ name, officeCode }: Pick<ListedPlace, "name" | "officeCode">): string {
  return `${name} (${officeCode})`;
}

export const roomsButton: Button = { label: "◀️ Daftar ruang", press: { do: "rooms", page: 0 } };

export function roomButton(roomId: number, label: string): Button {
  return { label, press: { do: "room", roomId, page: 0 } };
}

export function rackButton(rackId: number, label: string): Button {
  return { label, press: { do: "rack", rackId, page: 0 } };
}
