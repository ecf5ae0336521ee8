import { accept, type Outcome, refuse } from "../outcome.ts";
import type { Face, Slot } from "./place.ts";

export const highestRackU = 60;

/**
 * Reads a height in units as people write it: "1", "1,5", "0.5", "2U".
 *
 * @returns with a point, "1.5"
 */
export function parseHeight(entered: string): Outcome<string> {
  const text = /^(\d{1,3}(?:[.,]\d{1,3})?) ?u?$/i.exec(entered.trim())?.[1]?.replace(",", ".");
  if (text === undefined) return refuse("height-unreadable");
  const height = Number(text);
  if (height === 0) return refuse("height-zero");
  if (!Number.isInteger(height * 2)) return refuse("height-not-half");
  return height > highestRackU ? refuse("height-too-large", { most: highestRackU }) : accept(String(height));
}

/**
 * Reads the unit in which something begins: "U20", "20", "20,5" (the upper half of unit 20).
 *
 * @returns with a point, "20.5"
 */
export function parseUnit(entered: string): Outcome<string> {
  const text = /^u? ?(\d{1,3}(?:[.,]\d{1,3})?)$/i.exec(entered.trim())?.[1]?.replace(",", ".");
  if (text === undefined) return refuse("unit-unreadable");
  const unit = Number(text);
  if (!Number.isInteger(unit * 2)) return refuse("unit-not-half");
  return unit < 1 || unit >= highestRackU + 1
    ? refuse("unit-out-of-range", { most: highestRackU })
    : accept(String(unit));
}

/** Of a height as it is kept, "1.5". */
export function halvesOfHeight(height: string): number {
  return Number(height) * 2;
}

/** In half units above the bottom. @param unit as it is kept, "20.5" */
export function bottomOfUnit(unit: string): number {
  return (Number(unit) - 1) * 2;
}

/** As it is kept, "20.5". */
export function unitAt(bottom: number): string {
  return String(bottom / 2 + 1);
}

/** "1,5" @param halves half units */
export function showUnits(halves: number): string {
  return String(halves / 2).replace(".", ",");
}

/** "U20", "U20,5" */
export function showUnit(bottom: number): string {
  return `U${unitAt(bottom).replace(".", ",")}`;
}

/** From the lowest to the highest unit in which it is: "U20", "U20-21", "U20,5", "U20,5-21". */
export function showSpan({ bottom, height }: Omit<Slot, "face">): string {
  const last = Math.floor((bottom + height - 1) / 2) + 1;
  return last > bottom / 2 + 1 ? `${showUnit(bottom)}-${last}` : showUnit(bottom);
}

/** Behind a place; what takes the whole depth has none. */
const faceWords: Record<Face, string> = { front: " depan", back: " belakang", full: "" };

/** "DC A2 U20-21 depan": how a place is called in chat and on papers. */
export function placeLabel(place: Slot & { roomCode: string; rackCode: string }): string {
  return `${place.roomCode} ${place.rackCode} ${showSpan(place)}${faceWords[place.face]}`;
}
