import { accept, type Outcome, refuse } from "../outcome.ts";

/** About 10 cm. */
const decimals = 6;

/** Also as a pin is written down, with the name of its venue behind it. */
const coordinates = /^(?:lokasi: )?(-?\d{1,2}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)(?: \(.*\))?$/is;

/**
 * A place on the map: of a pin, or its coordinates as people copy them from a map, `2.3456, 99.8765`.
 *
 * @returns latitude and longitude in degrees (WGS 84), `2.345600,99.876500`
 */
export function parseLocation(entered: string): Outcome<string> {
  const [, latitude, longitude] = coordinates.exec(entered.trim()) ?? [];
  if (latitude === undefined || longitude === undefined) return refuse("location-unreadable");
  const [north, east] = [Number(latitude), Number(longitude)];
  if (Math.abs(north) > 90 || Math.abs(east) > 180) return refuse("location-unreadable");
  return accept(`${north.toFixed(decimals)},${east.toFixed(decimals)}`);
}
