import { type Parameters, textOf } from "../parameters.ts";
import { badRequest } from "../refusal.ts";
import type { Location } from "../types.ts";
import type { Method } from "./call.ts";
import { send } from "./send.ts";

export const sendLocation: Method = (world, { parameters }) => {
  const location = { latitude: degrees(parameters, "latitude"), longitude: degrees(parameters, "longitude") };
  return send(world, parameters, () => {
    if (!isOnEarth(location)) throw badRequest("invalid location specified");
    return { content: { location }, changes: [] };
  });
};

/** source: tdlib, Location::init */
export function isOnEarth({ latitude, longitude }: Location): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}

/** As tdlib's `to_double`: what is no number is 0. */
function degrees(parameters: Parameters, name: string): number {
  const text = textOf(parameters, name).trim();
  if (text === "") throw badRequest(`${name} is empty`);
  return Number.parseFloat(text) || 0;
}
